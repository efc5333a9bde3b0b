package io.adaos.hub.runtime.http;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class EtagsTest {

    @ParameterizedTest
    @CsvSource(quoteCharacter = '\'', nullValues = "-", delimiter = '|', value = {
        "-              | \"a\"   | true",
        "-              | -       | true",
        "\"a\"          | \"a\"   | true",
        "\"b\"          | \"a\"   | false",
        "\"b\" , \"a\"   | \"a\"   | true",
        "\"a\"          | -       | false",
        "*              | \"a\"   | true",
        "*              | -       | false",
        "W/\"a\"        | \"a\"   | false",
        "a              | \"a\"   | false"})
    void ifMatch_permitsChanges_toExactlyWhatTheClientHas(
            String ifMatch, String etag, boolean permitted) {
        // Given
        Optional<String> there = Optional.ofNullable(etag);

        // When
        boolean answer = Etags.permits(ifMatch, there);

        // Then
        assertEquals(permitted, answer);
    }

    @Test
    void ifNoneMatch_comparesWeakly() {
        // Given
        String etag = Etags.strongOf(new byte[] {1});

        // When
        boolean matched = Etags.matches("\"x\", W/" + etag, etag);

        // Then
        assertTrue(matched);
    }
}
