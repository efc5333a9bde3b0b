package io.adaos.hub.operations.lifecycle.machine;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.adaos.hub.testing.MutableClock;
import java.time.Duration;
import java.util.HashSet;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.Test;

class OperationIdsTest {

    private final MutableClock clock = MutableClock.at("2026-04-07T12:00:00Z");
    private final OperationIds ids = new OperationIds(clock, new Random(1));

    @Test
    void manyIds_atOneInstant_areDifferent() {
        // Given
        Set<String> seen = new HashSet<>();

        // When
        for (int i = 0; i < 10_000; i++) {
            seen.add(ids.next().value());
        }

        // Then
        assertEquals(10_000, seen.size());
    }

    @Test
    void laterIds_sortAfterEarlierOnes() {
        // Given
        String earlier = ids.next().value();

        // When
        clock.advance(Duration.ofMillis(1));
        String later = ids.next().value();

        // Then
        assertTrue(later.compareTo(earlier) > 0);
    }
}
