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

    /**
     * The lines of a file, as JSON objects.
     *
     * @throws IllegalStateException when there is no such file, or nothing in it
     */
    public static List<Map<String, Object>> lines(String name) {
        if (DIRECTORY == null) {
            return ownLines(name);
        }
        Path plain = Path.of(DIRECTORY, name).toAbsolutePath();
        return Files.exists(plain)
                ? lines(plain.toString(), () -> Files.newInputStream(plain))
                : lines(plain + ".gz", () -> new GZIPInputStream(
                        Files.newInputStream(Path.of(plain + ".gz"))));
    }

    /** The lines of a file of the project's own vectors, wherever the others are read from. */
    public static List<Map<String, Object>> ownLines(String name) {
        String resource = "/crdt/vectors/" + name + ".gz";
        return lines(resource, () -> {
            InputStream packed = Vectors.class.getResourceAsStream(resource);
            if (packed == null) {
                throw new FileNotFoundException("no such resource");
            }
            return new GZIPInputStream(packed);
        });
    }

    /** Opens a file of vectors. */
    private interface Source {
        InputStream open() throws IOException;
    }

    @SuppressWarnings("unchecked")
    private static List<Map<String, Object>> lines(String file, Source source) {
        List<Map<String, Object>> lines = new ArrayList<>();
        try (InputStream in = source.open()) {
            for (String line : new String(in.readAllBytes(), StandardCharsets.UTF_8).split("\n")) {
                if (!line.isBlank()) {
                    lines.add((Map<String, Object>) JsonText.parse(line, Integer.MAX_VALUE));
                }
            }
        } catch (IOException | JsonText.JsonSyntaxException e) {
            throw new IllegalStateException("cannot read vectors " + file, e);
        }
        if (lines.isEmpty()) {
            throw new IllegalStateException("no vectors in " + file);
        }
        return lines;
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
