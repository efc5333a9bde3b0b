package io.adaos.hub.registry.actions.signature;

import java.util.Optional;

/**
 * A key whose signatures are believed.
 *
 * @param kid what signatures call it, 1 to 255 characters
 * @param alg {@code ed25519}; a key of another algorithm verifies nothing, and says so
 * @param publicKey base64 of the key's raw bytes, 32 for ed25519
 */
public record TrustedKey(String kid, String alg, String publicKey) {

    public static final String ED25519 = "ed25519";
    public static final int KID_CHARS_MAX = 255;

    /** What is wrong with it, if anything. */
    public Optional<String> fault() {
        if (kid.isEmpty() || kid.length() > KID_CHARS_MAX
                || kid.chars().anyMatch(Character::isISOControl)) {
            return Optional.of("kid is not 1 to " + KID_CHARS_MAX + " printable characters");
        }
        if (alg.equals(ED25519) && Ed25519.publicKey(publicKey).isEmpty()) {
            return Optional.of("public_key is not the base64 of "
                    + Ed25519.KEY_BYTES + " bytes with its padding");
        }
        return Optional.empty();
    }

    /** The same key under the same id, however it is written. */
    public boolean isSame(TrustedKey other) {
        return kid.equals(other.kid) && alg.equals(other.alg)
                && (publicKey.equals(other.publicKey)
                || Base64Text.isSame(publicKey, other.publicKey, Ed25519.KEY_BYTES));
    }
}
