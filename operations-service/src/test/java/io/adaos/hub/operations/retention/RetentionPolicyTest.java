package io.adaos.hub.operations.retention;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class RetentionPolicyTest {

    @ParameterizedTest
    @CsvSource({"19, 40, 1, 99", "20, 39, 1, 99", "20, 40, -1, 99", "20, 40, 1, 39"})
    void keepingLessThanIsShown_isRefused(
            int operations, int notifications, int hours, int total) {
        // Given
        Duration age = Duration.ofHours(hours);

        // When
        Throwable refusal = assertThrows(IllegalArgumentException.class,
                () -> new RetentionPolicy(operations, notifications, age, total));

        // Then
        assertTrue(refusal.getMessage().length() > 10);
    }

    @Test
    void keepingWhatIsShown_isEnough() {
        // Given
        Duration none = Duration.ZERO;

        // When
        RetentionPolicy policy = new RetentionPolicy(20, 40, none, 40);

        // Then
        assertEquals(20, policy.operationsKept());
    }
}
