package io.adaos.hub.runtime.http;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.Optional;
import java.util.stream.Stream;

/** Entity tags of RFC 9110: made from content or from a position, compared as clients ask. */
public final class Etags {

    private static final int HEX_BYTES = 16;

    private Etags() {
    }

    /** A strong tag: equal only when every byte is equal. */
    public static String strongOf(byte[] body) {
        return '"' + HexFormat.of().formatHex(sha256(body), 0, HEX_BYTES) + '"';
    }

    /** A weak tag over the parts that decide the content, such as epoch, sequence and query. */
    public static String weakOf(Object... parts) {
        StringBuilder text = new StringBuilder();
        for (Object part : parts) {
            String word = String.valueOf(part);
            text.append(word.length()).append(':').append(word).append(' ');
        }
        byte[] digest = sha256(text.toString().getBytes(StandardCharsets.UTF_8));
        return "W/\"" + HexFormat.of().formatHex(digest, 0, HEX_BYTES) + '"';
    }

    /** Whether the client has this already; weak comparison, {@code *} matches, null does not. */
    public static boolean matches(String ifNoneMatch, String etag) {
        if (ifNoneMatch == null) {
            return false;
        }
        for (String candidate : ifNoneMatch.split(",")) {
            String tag = candidate.strip();
            if (tag.equals("*") || opaque(tag).equals(opaque(etag))) {
                return true;
            }
        }
        return false;
    }

    /**
     * Whether a change may be made to what has this tag; empty for what does not exist. Without
     * {@code If-Match} (null) it may. Strong comparison: a weak tag never matches, {@code *}
     * matches whatever exists.
     */
    public static boolean permits(String ifMatch, Optional<String> etag) {
        if (ifMatch == null) {
            return true;
        }
        return etag.isPresent() && Stream.of(ifMatch.split(",")).map(String::strip)
                .anyMatch(tag -> tag.equals("*") || tag.equals(etag.get()));
    }

    private static String opaque(String tag) {
        return tag.startsWith("W/") ? tag.substring(2) : tag;
    }

    private static byte[] sha256(byte[] bytes) {
        try {
            return MessageDigest.getInstance("SHA-256").digest(bytes);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every JDK has SHA-256", e);
        }
    }
}
