package io.adaos.hub.registry.actions.signature;

import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.PublicKey;
import java.security.Signature;
import java.security.spec.X509EncodedKeySpec;
import java.util.HexFormat;
import java.util.Optional;

/** PureEdDSA of RFC 8032 over curve 25519, as the JDK has it, with raw keys. */
final class Ed25519 {

    static final int KEY_BYTES = 32;
    private static final int SIGNATURE_BYTES = 64;

    /** What RFC 8410 puts before the raw bytes of a public key. */
    private static final byte[] KEY_PREFIX = HexFormat.of().parseHex("302a300506032b6570032100");

    private Ed25519() {
    }

    /** A key from the base64 of its raw bytes. */
    static Optional<PublicKey> publicKey(String base64) {
        return Base64Text.decode(base64, KEY_BYTES).flatMap(Ed25519::publicKey);
    }

    /** Whether the signature of this message is the key's; false for whatever is no signature. */
    static boolean isSignedBy(PublicKey key, byte[] message, String signature) {
        Optional<byte[]> bytes = Base64Text.decode(signature, SIGNATURE_BYTES);
        if (bytes.isEmpty()) {
            return false;
        }
        try {
            Signature verifier = Signature.getInstance("Ed25519");
            verifier.initVerify(key);
            verifier.update(message);
            return verifier.verify(bytes.get());
        } catch (GeneralSecurityException e) {
            return false;                       // a point off the curve, or S not below L
        }
    }

    private static Optional<PublicKey> publicKey(byte[] raw) {
        byte[] encoded = new byte[KEY_PREFIX.length + KEY_BYTES];
        System.arraycopy(KEY_PREFIX, 0, encoded, 0, KEY_PREFIX.length);
        System.arraycopy(raw, 0, encoded, KEY_PREFIX.length, KEY_BYTES);
        try {
            return Optional.of(KeyFactory.getInstance("Ed25519")
                    .generatePublic(new X509EncodedKeySpec(encoded)));
        } catch (GeneralSecurityException e) {
            return Optional.empty();
        }
    }
}
