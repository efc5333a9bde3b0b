package io.adaos.hub.operations.diagnostics;

import com.fasterxml.jackson.core.JsonProcessingException;
import io.adaos.hub.runtime.http.HubJson;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;

/** Packs parts into a zip (PKWARE APPNOTE 6.3) with a list of contents, {@code manifest.json}. */
final class BundleWriter {

    /** Bytes of the whole file; what does not fit is named as missing. */
    static final int BYTES_MAX = 4 * 1024 * 1024;
    /** A zip's directory and the list of contents. */
    private static final int SPARE = 64 * 1024;

    private BundleWriter() {
    }

    /** A finished bundle. */
    record Bundle(byte[] bytes, List<String> present, List<String> missing) {
    }

    /** @param about goes to the head of the list of contents */
    static Bundle write(Map<String, Object> about, List<BundlePart> parts) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        List<Map<String, Object>> present = new ArrayList<>();
        List<Map<String, Object>> missing = new ArrayList<>();
        try (ZipOutputStream zip = new ZipOutputStream(out)) {
            for (BundlePart part : parts) {
                byte[] text = part.isMissing() ? new byte[0]
                        : part.text().getBytes(StandardCharsets.UTF_8);
                if (part.isMissing()) {
                    missing.add(line(part.name(), "why", part.missing()));
                } else if (out.size() + text.length + SPARE > BYTES_MAX) {
                    missing.add(line(part.name(), "why", "the bundle is full"));
                } else {
                    add(zip, part.name(), text);
                    Map<String, Object> line = line(part.name(), "bytes", text.length);
                    line.put("cut", part.isCut());
                    present.add(line);
                }
            }
            Map<String, Object> contents = new LinkedHashMap<>(about);
            contents.put("parts", present);
            contents.put("missing", missing);
            add(zip, "manifest.json", json(contents));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return new Bundle(out.toByteArray(), names(present), names(missing));
    }

    private static void add(ZipOutputStream zip, String name, byte[] bytes) throws IOException {
        zip.putNextEntry(new ZipEntry(name));
        zip.write(bytes);
        zip.closeEntry();
        zip.flush();
    }

    private static Map<String, Object> line(String name, String key, Object value) {
        Map<String, Object> line = new LinkedHashMap<>();
        line.put("name", name);
        line.put(key, value);
        return line;
    }

    private static List<String> names(List<Map<String, Object>> lines) {
        return lines.stream().map(line -> (String) line.get("name")).toList();
    }

    private static byte[] json(Map<String, Object> contents) {
        try {
            return HubJson.mapper().writerWithDefaultPrettyPrinter().writeValueAsBytes(contents);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("texts and numbers can be written", e);
        }
    }
}
