package io.adaos.hub.projection.crdt;

import io.adaos.hub.projection.crdt.codec.JsonText;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.Base64;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.zip.GZIPInputStream;

/** The conformance vectors: files of one JSON object a line, made by yjs 13.6.33. */
public final class Vectors {
    /** A directory with other vectors of the same format; without it the project's own are read. */
    private static final String DIRECTORY = System.getProperty("crdt.vectors");

    private Vectors() {}

    /** The lines of a file, as JSON objects. */
    @SuppressWarnings("unchecked")
    public static List<Map<String, Object>> lines(String name) {
        List<Map<String, Object>> lines = new ArrayList<>();
        try (InputStream in = open(name)) {
            for (String line : new String(in.readAllBytes(), StandardCharsets.UTF_8).split("\n")) {
                if (!line.isBlank()) {
                    lines.add((Map<String, Object>) JsonText.parse(line, Integer.MAX_VALUE));
                }
            }
        } catch (IOException | JsonText.JsonSyntaxException e) {
            throw new IllegalStateException("cannot read vectors " + name, e);
        }
        return lines;
    }

    private static InputStream open(String name) throws IOException {
        if (DIRECTORY == null) {
            InputStream packed = Vectors.class.getResourceAsStream("/crdt/vectors/" + name + ".gz");
            if (packed == null) {
                throw new FileNotFoundException("no resource /crdt/vectors/" + name + ".gz");
            }
            return new GZIPInputStream(packed);
        }
        Path plain = Path.of(DIRECTORY, name);
        return Files.exists(plain)
                ? Files.newInputStream(plain)
                : new GZIPInputStream(Files.newInputStream(Path.of(DIRECTORY, name + ".gz")));
    }

    public static byte[] base64(Object text) {
        return Base64.getDecoder().decode((String) text);
    }

    public static byte[] hex(Object text) {
        return HexFormat.of().parseHex((String) text);
    }

    /** The first 32 hex digits of a SHA-256. */
    public static String sha(byte[] bytes) {
        try {
            byte[] digest = MessageDigest.getInstance("SHA-256").digest(bytes);
            return HexFormat.of().formatHex(digest).substring(0, 32);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }
}
