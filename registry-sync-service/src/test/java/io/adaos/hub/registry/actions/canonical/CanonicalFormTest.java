package io.adaos.hub.registry.actions.canonical;

import static org.junit.jupiter.api.Assertions.assertEquals;

import com.fasterxml.jackson.databind.JsonNode;
import io.adaos.hub.registry.actions.signature.ContentHash;
import io.adaos.hub.runtime.http.HubJson;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

class CanonicalFormTest {

    private static final Path VECTORS = Path.of("src/test/resources/actions/ar-c14n-1.json");
    private static final Path DOUBLES = Path.of("src/test/resources/actions/doubles.txt");

    static Stream<JsonNode> vectors() throws IOException {
        List<JsonNode> vectors = new ArrayList<>();
        HubJson.mapper().readTree(Files.readString(VECTORS)).forEach(vectors::add);
        return vectors.stream();
    }

    /** Written by another implementation of the dialect, the one it was taken from. */
    @ParameterizedTest
    @MethodSource("vectors")
    void vector_hasItsBytesAndHash(JsonNode vector) throws MalformedJsonException {
        // When
        byte[] canonical = canonical(vector.path("input").asText());

        // Then
        assertEquals(vector.path("canonical").asText(),
                new String(canonical, StandardCharsets.UTF_8));
        assertEquals("sha256:" + vector.path("sha256").asText(),
                ContentHash.of(canonical).text());
    }

    @ParameterizedTest
    @MethodSource("vectors")
    void canonicalText_isItsOwnCanonicalForm(JsonNode vector) throws MalformedJsonException {
        // When
        byte[] again = canonical(vector.path("canonical").asText());

        // Then
        assertEquals(vector.path("canonical").asText(), new String(again, StandardCharsets.UTF_8));
    }

    @ParameterizedTest
    @CsvSource({
        "1.0, 1.0", "1e2, 100.0", "-0, 0", "-0.0, -0.0", "2.50, 2.5", "1e15, 1000000000000000.0",
        "1e16, 1e+16", "1e-4, 0.0001", "1e-5, 1e-05", "0.00001234, 1.234e-05",
        "12345678901234567890, 12345678901234567890",
        "12345678901234567890.0, 1.2345678901234567e+19", "5e-324, 5e-324", "4.9e-324, 5e-324",
        "1.7976931348623157e308, 1.7976931348623157e+308", "1.5e-7, 1.5e-07"
    })
    void number_isWrittenInOneWay(String token, String canonical) throws MalformedJsonException {
        // When
        String written = new String(canonical(token), StandardCharsets.UTF_8);

        // Then
        assertEquals(canonical, written);
    }

    @Test
    void doubles_ofAllSizes_areShortest() throws IOException {
        // Given
        List<String> lines = Files.readAllLines(DOUBLES);

        // When
        List<String> different = lines.stream().filter(line -> {
            double value = Double.longBitsToDouble(
                    HexFormat.fromHexDigitsToLong(line.substring(0, 16)));
            return !ShortestDecimal.of(value).equals(line.substring(17));
        }).toList();

        // Then
        assertEquals(1_050, lines.size());
        assertEquals(List.of(), different);
    }

    private static byte[] canonical(String json) throws MalformedJsonException {
        return CanonicalForm.of(StrictJson.read(
                json.getBytes(StandardCharsets.UTF_8), JsonLimits.DEFAULT));
    }
}
