package io.adaos.hub.registry.actions.signature;

import java.security.PublicKey;
import java.util.Optional;

/** Whether a signature is to be believed; a refusal is an answer, not an exception. */
public sealed interface SignatureVerdict {

    /** What readers are told as {@code verify_error}; empty when all is well. */
    Optional<String> verifyError();

    /** The trusted key signed exactly this. */
    record Verified() implements SignatureVerdict {
        @Override
        public Optional<String> verifyError() {
            return Optional.empty();
        }
    }

    /** Nobody trusts a key of that id. */
    record UnknownKey() implements SignatureVerdict {
        @Override
        public Optional<String> verifyError() {
            return Optional.of("Unknown key id");
        }
    }

    /** The trusted key is of an algorithm nobody can verify here. */
    record UnsupportedAlgorithm(String alg) implements SignatureVerdict {
        @Override
        public Optional<String> verifyError() {
            return Optional.of("Unsupported algorithm in trust store: " + alg);
        }
    }

    /** The key did not sign this. */
    record BadSignature() implements SignatureVerdict {
        @Override
        public Optional<String> verifyError() {
            return Optional.of("Bad signature");
        }
    }

    /**
     * Judges a signature over the 32 raw bytes of a hash; the algorithm it names must be the key's.
     *
     * @param key the trusted key of the id it names, if there is one
     */
    static SignatureVerdict of(
            SignatureBlock signature, ContentHash hash, Optional<TrustedKey> key) {
        if (key.isEmpty()) {
            return new UnknownKey();
        }
        if (!key.get().alg().equals(TrustedKey.ED25519)) {
            return new UnsupportedAlgorithm(key.get().alg());
        }
        Optional<PublicKey> publicKey = Ed25519.publicKey(key.get().publicKey());
        boolean isGood = signature.alg().equals(TrustedKey.ED25519)
                && publicKey.isPresent()
                && Ed25519.isSignedBy(publicKey.get(), hash.digest(), signature.sig());
        return isGood ? new Verified() : new BadSignature();
    }
}
