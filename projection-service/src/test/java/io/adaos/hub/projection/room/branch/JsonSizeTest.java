package io.adaos.hub.projection.room.branch;

import static org.junit.jupiter.api.Assertions.assertEquals;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.adaos.hub.projection.crdt.codec.AnyValue;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class JsonSizeTest {

    @Test
    void size_isThatOfTheTextJacksonWrites() throws JsonProcessingException {
        // Given
        List<Object> values = Arrays.asList(null, true, false, 0, -17, 1.5, "", "plain",
                "quote\" slash\\ line\n tab\t bell\u0007", "пример", "€", "\uD83D\uDE00",
                List.of(), List.of(1, "a", List.of()), Map.of(), Map.of("k\"", Map.of("n", 1)));

        for (Object value : values) {
            // When
            long size = JsonSize.of(AnyValue.copyOf(value));

            // Then
            String text = new ObjectMapper().writeValueAsString(value);
            assertEquals(text.getBytes(StandardCharsets.UTF_8).length, size, text);
        }
    }
}
