package io.adaos.hub.bench.boundary;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;

class PercentilesTest {

    @Test
    void millis_ofMoreThanItBeganWith_areExact() {
        // Given
        Percentiles first = new Percentiles();
        Percentiles second = new Percentiles();

        // When
        for (int i = 2_000; i > 0; i--) {
            (i % 2 == 0 ? first : second).add(i * 1_000_000L);
        }
        first.addAll(second);

        // Then
        assertEquals(2_000, first.count());
        assertEquals(1_000, first.millis(0.5));
        assertEquals(1_980, first.millis(0.99));
        assertEquals(1, first.millis(0));
    }

    @Test
    void millis_ofNothing_areNoNumber() {
        // Given
        Percentiles none = new Percentiles();

        // When
        double millis = none.millis(0.99);

        // Then
        assertTrue(Double.isNaN(millis));
    }
}
