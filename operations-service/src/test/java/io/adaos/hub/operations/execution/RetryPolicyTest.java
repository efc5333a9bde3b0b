package io.adaos.hub.operations.execution;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.time.Duration;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class RetryPolicyTest {

    private final RetryPolicy policy =
            new RetryPolicy(Duration.ofSeconds(1), Duration.ofSeconds(20));

    @ParameterizedTest
    @CsvSource({"0, 1", "1, 2", "2, 4", "4, 16", "5, 20", "1000000, 20"})
    void delay_doublesUpToTheLongest(int failures, long seconds) {
        // Given
        Duration plenty = Duration.ofHours(1);

        // When
        Optional<Duration> delay = policy.delay(failures, plenty, 0);

        // Then
        assertEquals(Optional.of(Duration.ofSeconds(seconds)), delay);
    }

    @ParameterizedTest
    @CsvSource({"4", "1", "0", "-5"})
    void delay_thatWouldPassTheDeadline_isNone(long secondsLeft) {
        // Given
        Duration left = Duration.ofSeconds(secondsLeft);

        // When
        Optional<Duration> delay = policy.delay(2, left, 0);

        // Then
        assertEquals(Optional.empty(), delay);
    }

    @Test
    void shrinkingDelays_areNoPolicy() {
        // Given
        Duration first = Duration.ofSeconds(2);

        // When
        Throwable refusal = assertThrows(IllegalArgumentException.class,
                () -> new RetryPolicy(first, Duration.ofSeconds(1)));

        // Then
        assertEquals("delays must be positive and must not shrink", refusal.getMessage());
    }
}
