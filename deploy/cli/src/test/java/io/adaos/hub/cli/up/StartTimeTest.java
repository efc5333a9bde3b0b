package io.adaos.hub.cli.up;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class StartTimeTest {
    private static final Clock NOW =
            Clock.fixed(Instant.ofEpochSecond(1_795_000_010), ZoneOffset.UTC);

    @ParameterizedTest
    @CsvSource({"1795000003.400000,7", "'1795000003,400000',7", "1795000009.9,1", "'',1", "x,1"})
    void seconds_sinceTheScriptBegan_areWholeAndAtLeastOne(String started, long seconds) {
        // Given
        StartTime time = StartTime.of(started, NOW);

        // When
        long passed = time.seconds();

        // Then
        assertEquals(seconds, passed);
    }

    @Test
    void asProperty_readBack_isTheSameMoment() {
        // Given
        StartTime time = StartTime.of("1795000003.4", NOW);

        // When
        String property = time.asProperty();

        // Then
        assertEquals(time, StartTime.of(property.replaceFirst(".*=", ""), NOW));
    }
}
