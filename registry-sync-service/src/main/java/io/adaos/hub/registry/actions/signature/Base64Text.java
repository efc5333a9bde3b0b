package io.adaos.hub.registry.actions.signature;

import java.util.Arrays;
import java.util.Base64;
import java.util.Optional;

/** Bytes as publishers write them: standard base64 of RFC 4648 §4, {@code base64:} before it. */
final class Base64Text {

    private static final String PREFIX = "base64:";

    private Base64Text() {
    }

    /**
     * The bytes, if there are exactly so many; the prefix may be left out, the padding may not.
     * Bits beyond the last byte must be zero, so that no two texts say the same.
     */
    static Optional<byte[]> decode(String text, int bytes) {
        String plain = text.startsWith(PREFIX) ? text.substring(PREFIX.length()) : text;
        if (plain.length() != (bytes + 2) / 3 * 4) {
            return Optional.empty();
        }
        try {
            byte[] decoded = Base64.getDecoder().decode(plain);
            boolean isOneOfOne = Base64.getEncoder().encodeToString(decoded).equals(plain);
            return Optional.of(decoded).filter(found -> isOneOfOne && found.length == bytes);
        } catch (IllegalArgumentException e) {
            return Optional.empty();
        }
    }

    static boolean isSame(String left, String right, int bytes) {
        Optional<byte[]> decoded = decode(left, bytes);
        return decoded.isPresent() && decode(right, bytes)
                .filter(other -> Arrays.equals(decoded.get(), other)).isPresent();
    }
}
