package io.adaos.hub.operations.diagnostics;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SecretsTest {

    @ParameterizedTest
    @ValueSource(strings = {
        "Authorization: Bearer HIDDEN-1",
        "authorization=Basic HIDDEN",
        "curl -H 'X-AdaOS-Token: HIDDEN' http://127.0.0.1:8083/v1/operations",
        "http://127.0.0.1:8084/#token=HIDDEN",
        "GET /ws?token=HIDDEN&dev=1",
        "connecting to postgresql://hub:HIDDEN@127.0.0.1:5432/hub_operations",
        "{\"password\":\"HIDDEN\",\"user\":\"anna\"}",
        "api_key = HIDDEN",
        "client-secret: 'HIDDEN words'",
        "HUB_TOKEN=HIDDEN",
        "jwt eyJhbGciHIDDEN.eyJzdWIiHIDDEN.c2lnHIDDEN",
        "-----BEGIN PRIVATE KEY-----\nHIDDEN\nHIDDEN\n-----END PRIVATE KEY-----",
        "-----BEGIN RSA PRIVATE KEY-----\nHIDDEN, and then\nHIDDEN"})
    void credential_isTakenOut(String text) {
        // Given a text with a credential

        // When
        String clean = Secrets.redacted(text);

        // Then
        assertFalse(clean.contains("HIDDEN"), clean);
    }

    @Test
    void ordinaryLine_staysAsItIs() {
        // Given
        String line = "event=operation_ended operation_id=op_1 kind=skill.install lease=4";

        // When
        String clean = Secrets.redacted(line);

        // Then
        assertEquals(line, clean);
    }
}
