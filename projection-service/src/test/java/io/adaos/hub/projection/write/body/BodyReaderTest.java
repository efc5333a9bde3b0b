package io.adaos.hub.projection.write.body;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.adaos.hub.contracts.error.HubErrorCode;
import io.adaos.hub.contracts.error.HubException;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class BodyReaderTest {

    private static HubException refusal(byte[] body) {
        return assertThrows(HubException.class, () -> BodyReader.one(body));
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', value = {
        "{                  | The body is not JSON at line 1, column 2",
        "{\"value\": NaN}   | The body is not JSON at line 1, column 14",
        "{\"value\": 1      | The body is not JSON at line 1, column 12"})
    void textThatIsNoJson_isRefusedWithItsPlace(String body, String detail) {
        // When
        HubException refusal = refusal(body.getBytes(StandardCharsets.UTF_8));

        // Then
        assertEquals(HubErrorCode.BODY_INVALID, refusal.code());
        assertEquals(detail, refusal.getMessage());
    }

    @ParameterizedTest
    @ValueSource(strings = {"9", "["})
    void jsonWithoutMeasure_isRefusedAsAValue(String unit) {
        // Given
        String body = "{\"value\": " + unit.repeat(100_000) + "}";

        // When
        HubException refusal = refusal(body.getBytes(StandardCharsets.UTF_8));

        // Then
        assertEquals(HubErrorCode.VALUE_INVALID, refusal.code());
        assertEquals("A number, a text or the nesting of the JSON is longer than can be read",
                refusal.getMessage());
    }

    @Test
    void bytesThatAreNoUtf8_areRefused() {
        // When
        HubException refusal = refusal("{\"value\": \"é\"}".getBytes(StandardCharsets.ISO_8859_1));

        // Then
        assertEquals(HubErrorCode.BODY_INVALID, refusal.code());
    }
}
