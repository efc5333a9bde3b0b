package io.adaos.hub.contracts.bus;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

/**
 * One token of a NATS subject, built from any id and never decoded: the id is in the event.
 *
 * <p>Every byte of a character outside {@code [A-Za-z0-9_-]} becomes {@code =XX} (upper-case hex of
 * its UTF-8); an id longer than 120 characters becomes {@code =h} and the first 32 hex digits of
 * its SHA-256. So no id can bring in a wildcard, a dot or a blank.
 */
public record SubjectToken(String value) {

    private static final int ID_CHARS_MAX = 120;
    private static final HexFormat UPPER_HEX = HexFormat.of().withUpperCase();

    /** The token of an id; an empty id has none. */
    public static SubjectToken of(String id) {
        if (id.isEmpty()) {
            throw new IllegalArgumentException("a subject token cannot be empty");
        }
        return new SubjectToken(id.length() > ID_CHARS_MAX ? hashed(id) : escaped(id));
    }

    private static String escaped(String id) {
        StringBuilder token = new StringBuilder(id.length());
        for (byte unit : id.getBytes(StandardCharsets.UTF_8)) {
            if (isPlain(unit)) {
                token.append((char) unit);
            } else {
                token.append('=').append(UPPER_HEX.toHexDigits(unit));
            }
        }
        return token.toString();
    }

    private static boolean isPlain(byte unit) {
        return unit >= 'a' && unit <= 'z'
                || unit >= 'A' && unit <= 'Z'
                || unit >= '0' && unit <= '9'
                || unit == '_'
                || unit == '-';
    }

    private static String hashed(String id) {
        try {
            byte[] digest = MessageDigest.getInstance("SHA-256")
                    .digest(id.getBytes(StandardCharsets.UTF_8));
            return "=h" + HexFormat.of().formatHex(digest, 0, 16);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every JDK has SHA-256", e);
        }
    }

    @Override
    public String toString() {
        return value;
    }
}
