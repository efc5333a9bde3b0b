package io.adaos.hub.projection.room.fact;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class PublicationsTest {

    /** Opened at 0 with generation 5; 6 at 1,000 ms, 7 at 3,000 ms, looked at 4,000 ms. */
    @ParameterizedTest
    @CsvSource({"8,0", "7,0", "6,1000", "5,3000", "4,4000", "0,4000"})
    void wait_isThatOfTheFirstGenerationThatIsMissing(long proved, long waitMillis) {
        // Given
        Publications publications = new Publications(5, 0);
        publications.published(6, millis(1_000));
        publications.published(7, millis(3_000));

        // When
        long wait = publications.waitNanos(proved, millis(4_000));

        // Then
        assertEquals(millis(waitMillis), wait);
    }

    @Test
    void room_thatWasOpenedWithNothing_lacksNothing() {
        // When
        Publications publications = new Publications(0, 0);

        // Then
        assertEquals(0, publications.waitNanos(0, millis(60_000)));
    }

    /** Whatever was forgotten, no wait is told too short by more than a step, or too long. */
    @ParameterizedTest(name = "seed {0}")
    @ValueSource(longs = {1, 2, 3, 20261121})
    void waits_withinTheWindow_areExactToOneStep(long seed) {
        // Given
        Random random = new Random(seed);
        Publications publications = new Publications(0, 0);
        List<Long> moments = new ArrayList<>(List.of(0L));
        long now = 0;

        // When
        for (int i = 1; i <= 5_000; i++) {
            now += millis(random.nextInt(random.nextInt(20) == 0 ? 3_000 : 40));
            publications.published(i, now);
            moments.add(now);
        }

        // Then
        for (int proved = 0; proved < 5_000; proved++) {
            long real = now - moments.get(proved + 1);
            long told = publications.waitNanos(proved, now);
            if (real <= millis(14_000)) {
                assertTrue(told >= real && told - real <= millis(100),
                        seed + ": " + proved + " waits " + real + ", told " + told);
            } else {
                assertTrue(told >= millis(10_000), seed + ": " + proved + " told " + told);
            }
        }
    }

    private static long millis(long millis) {
        return TimeUnit.MILLISECONDS.toNanos(millis);
    }
}
