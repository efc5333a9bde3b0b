package io.adaos.hub.registry.actions.signature;

import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

/** SHA-256 of canonical bytes: 32 raw bytes to sign, and a text to show and compare. */
public final class ContentHash {

    private static final String PREFIX = "sha256:";

    private final byte[] digest;

    private ContentHash(byte[] digest) {
        this.digest = digest;
    }

    /** The hash of these bytes. */
    public static ContentHash of(byte[] canonical) {
        try {
            return new ContentHash(MessageDigest.getInstance("SHA-256").digest(canonical));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every JDK has SHA-256", e);
        }
    }

    /** What is signed. */
    public byte[] digest() {
        return digest.clone();
    }

    /** {@code sha256:} and 64 lower-case hex digits. */
    public String text() {
        return PREFIX + HexFormat.of().formatHex(digest);
    }
}
