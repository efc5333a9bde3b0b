package io.adaos.hub.registry.actions.signature;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.adaos.hub.registry.actions.SignedActions;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class VerdictCacheTest {

    private static final TrustedKey KEY =
            new TrustedKey("k", "ed25519", SignedActions.PUBLIC_KEY);
    private static final SignatureBlock SIGNATURE =
            new SignatureBlock("ed25519", "k", SignedActions.sign("{}"));

    private final VerdictCache cache = new VerdictCache(3);

    @Test
    void verdict_isThatOfTheQuestion_howeverOftenItIsAsked() {
        // Given
        ContentHash hash = SignedActions.hash("{}");
        TrustedKey other = new TrustedKey("k", "rsa", "AA==");

        // When
        List<Optional<String>> errors = List.of(
                cache.judge(SIGNATURE, hash, Optional.of(KEY)).verifyError(),
                cache.judge(SIGNATURE, hash, Optional.of(KEY)).verifyError(),
                cache.judge(SIGNATURE, hash, Optional.empty()).verifyError(),
                cache.judge(SIGNATURE, hash, Optional.of(other)).verifyError(),
                cache.judge(SIGNATURE, SignedActions.hash("[]"), Optional.of(KEY)).verifyError(),
                cache.judge(SIGNATURE, hash, Optional.of(KEY)).verifyError());

        // Then
        assertEquals(List.of(Optional.empty(), Optional.empty(), Optional.of("Unknown key id"),
                Optional.of("Unsupported algorithm in trust store: rsa"),
                Optional.of("Bad signature"), Optional.empty()), errors);
    }

    @Test
    void cache_isBounded() {
        // When
        for (int i = 0; i < 10; i++) {
            cache.judge(SIGNATURE, SignedActions.hash("[" + i + "]"), Optional.of(KEY));
        }

        // Then
        assertEquals(3, cache.size());
    }
}
