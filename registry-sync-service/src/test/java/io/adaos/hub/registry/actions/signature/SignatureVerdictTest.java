package io.adaos.hub.registry.actions.signature;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.adaos.hub.registry.actions.SignedActions;
import java.util.Base64;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class SignatureVerdictTest {

    private static final String SIGNED = "{\"foo\":\"bar\"}";
    private static final String SIG = "k3+kua6vj3nP8zG/Qpsf1xDfgI2IFVAzA/Jo3CSLlhXyb/hkUyxft4zd"
            + "DyUMLgR4aQ0XTXKCw6XxSplSDgO9Aw==";
    private static final TrustedKey KEY =
            new TrustedKey("k", "ed25519", SignedActions.PUBLIC_KEY);

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', value = {
        "{\"foo\":\"bar\"} | k3+kua6vj3nP8zG/Qpsf1xDfgI2IFVAzA/Jo3CSLlhXyb/hkUyxft4zdDyUMLgR4aQ0"
                + "XTXKCw6XxSplSDgO9Aw==",
        "{\"description\":\"Move a file\",\"parameters\":{\"destination\":{\"type\":\"string\"},"
                + "\"source\":{\"type\":\"string\"}}} | E+cm80+LdBOkZomPBLA9TVTURmg/2lk/+A60foRA"
                + "yx5eY8aUUlwK67HrTw6NNLhCC/GPU76fOMKZv9lWUN3PDg==",
        "{\"a\":null,\"b\":[3,{\"a\":\"é😀\",\"z\":1}],\"｡\":1,\"😀\":2} | NwBR2RxEKsXSodFtJERRY"
                + "M1CCmIwrmNOqni98/rtBHcaf8+glP9TbzxregMBLVTxn/m0dKVMwlbsMuvfFav0AA=="
    })
    void goldenSignature_isVerified_andMadeAgain(String schema, String sig) {
        // When
        SignatureVerdict verdict = verdict(schema, "ed25519", sig);
        SignatureVerdict prefixed = verdict(schema, "ed25519", "base64:" + sig);

        // Then
        assertEquals(new SignatureVerdict.Verified(), verdict);
        assertEquals(new SignatureVerdict.Verified(), prefixed);
        assertEquals("base64:" + sig, SignedActions.sign(schema));
    }

    @Test
    void otherContent_isBad() {
        // When
        SignatureVerdict verdict = verdict("{\"foo\":\"baz\"}", "ed25519", SIG);

        // Then
        assertEquals(Optional.of("Bad signature"), verdict.verifyError());
    }

    /** Not base64, no padding, URL alphabet, too short, too long, bits left over, a line. */
    @ParameterizedTest
    @ValueSource(strings = {"", "%", "AAAA",
        "k3+kua6vj3nP8zG/Qpsf1xDfgI2IFVAzA/Jo3CSLlhXyb/hkUyxft4zdDyUMLgR4aQ0XTXKCw6XxSplSDgO9Aw",
        "k3-kua6vj3nP8zG_Qpsf1xDfgI2IFVAzA_Jo3CSLlhXyb_hkUyxft4zdDyUMLgR4aQ0XTXKCw6XxSplSDgO9Aw==",
        "k3+kua6vj3nP8zG/Qpsf1xDfgI2IFVAzA/Jo3CSLlhXyb/hkUyxft4zdDyUMLgR4aQ0XTXKCw6XxSplSDgO9AwAA",
        "k3+kua6vj3nP8zG/Qpsf1xDfgI2IFVAzA/Jo3CSLlhXyb/hkUyxft4zdDyUMLgR4aQ0XTXKCw6XxSplSDgO9Ax==",
        "k3+kua6vj3nP8zG/Qpsf1xDfgI2IFVAzA/Jo3CSLlhXyb/hkUyxft4zdDyUMLgR4aQ0XTXKCw6XxSplSDgO9Aw\n"})
    void textThatIsNoSignature_isBad(String sig) {
        // When
        SignatureVerdict verdict = verdict(SIGNED, "ed25519", sig);

        // Then
        assertEquals(new SignatureVerdict.BadSignature(), verdict);
    }

    @Test
    void scalarAboveTheOrder_isBad() {
        // Given
        byte[] bytes = Base64.getDecoder().decode(SIG);
        bytes[63] = (byte) 0xff;

        // When
        SignatureVerdict verdict =
                verdict(SIGNED, "ed25519", Base64.getEncoder().encodeToString(bytes));

        // Then
        assertEquals(new SignatureVerdict.BadSignature(), verdict);
    }

    @ParameterizedTest
    @ValueSource(strings = {"none", "", "ED25519", "ecdsa-p256"})
    void algorithmThatIsNotTheKeys_isBad(String alg) {
        // When
        SignatureVerdict verdict = verdict(SIGNED, alg, SIG);

        // Then
        assertEquals(new SignatureVerdict.BadSignature(), verdict);
    }

    @Test
    void keyOfAnotherAlgorithm_andNoKey_areNamed() {
        // Given
        SignatureBlock block = new SignatureBlock("ed25519", "k", SIG);
        ContentHash hash = SignedActions.hash(SIGNED);

        // When
        SignatureVerdict other = SignatureVerdict.of(block, hash,
                Optional.of(new TrustedKey("k", "rsa", "AA==")));
        SignatureVerdict none = SignatureVerdict.of(block, hash, Optional.empty());

        // Then
        assertEquals(Optional.of("Unsupported algorithm in trust store: rsa"),
                other.verifyError());
        assertEquals(Optional.of("Unknown key id"), none.verifyError());
    }

    @Test
    void pointOffTheCurve_verifiesNothing() {
        // Given
        TrustedKey key = new TrustedKey("k", "ed25519",
                Base64.getEncoder().encodeToString(new byte[32]).replace('A', '/'));

        // When
        SignatureVerdict verdict = SignatureVerdict.of(
                new SignatureBlock("ed25519", "k", SIG), SignedActions.hash(SIGNED),
                Optional.of(key));

        // Then
        assertEquals(new SignatureVerdict.BadSignature(), verdict);
    }

    @Test
    void sameKey_isFoundHoweverItIsWritten() {
        // Given
        TrustedKey bare = new TrustedKey("k", "ed25519", KEY.publicKey().substring(7));
        TrustedKey other = new TrustedKey("k", "ed25519",
                Base64.getEncoder().encodeToString(new byte[32]));

        // When
        boolean isSame = KEY.isSame(bare);

        // Then
        assertTrue(isSame);
        assertFalse(KEY.isSame(other));
        assertFalse(KEY.isSame(new TrustedKey("l", "ed25519", KEY.publicKey())));
    }

    private static SignatureVerdict verdict(String schema, String alg, String sig) {
        return SignatureVerdict.of(new SignatureBlock(alg, "k", sig), SignedActions.hash(schema),
                Optional.of(KEY));
    }
}
