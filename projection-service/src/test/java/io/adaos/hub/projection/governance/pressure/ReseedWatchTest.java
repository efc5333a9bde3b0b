package io.adaos.hub.projection.governance.pressure;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What is a reseed loop and what is not. */
class ReseedWatchTest {

    private final ReseedWatch watch = new ReseedWatch();
    private long now = 1_000_000;

    @ParameterizedTest
    @CsvSource({
        // fingerprints in turn, bytes, times, every ms, is a loop
        "7, 4096, 11, 100, true",
        "7, 4096, 10, 100, false",
        "7, 4095, 100, 100, false",
        "0, 9000, 100, 100, false",
        "7, 4096, 11, 6600, true",
        "7, 4096, 100, 6700, false",
        "7:8, 4096, 11, 100, true",
        "7:8, 4096, 10, 100, false",
        "7:8, 100, 100, 100, false",
        "7:8:9, 4096, 100, 100, false",
        "7:7:8:8, 4096, 21, 100, true",
        "7:7:8:8:9:9, 4096, 100, 100, false"})
    void loop_isTenRepeatsOrSwitchesOfALargeValueWithinAMinute(
            String fingerprints, long bytes, int times, long every, boolean isLoop) {
        // Given
        String[] turn = fingerprints.split(":");

        // When
        for (int i = 0; i < times; i++) {
            now += every;
            watch.see("data/a", Long.parseLong(turn[i % turn.length]), bytes, now);
        }

        // Then
        assertEquals(isLoop, watch.lasts(now));
    }

    @Test
    void loop_thatStops_isOverWithinTenSeconds() {
        // Given
        repeat(11);

        // When
        boolean soon = watch.lasts(now + 7_999);
        boolean later = watch.lasts(now + 8_000);

        // Then
        assertTrue(soon);
        assertFalse(later);
    }

    @Test
    void branch_thatIsFilledAndEmptiedInTurn_isALoop() {
        // Given

        // When
        for (int i = 0; i < 11; i++) {
            watch.see("data/a", 7 + i % 2, i % 2 == 0 ? 5_000 : 2, now += 100);
        }

        // Then
        assertTrue(watch.lasts(now));
    }

    @Test
    void smallValues_onAPathThatWasLargeOnce_areNoLoop() {
        // Given
        watch.see("data/a", 1, 5_000, now);

        // When
        for (int i = 0; i < 100; i++) {
            watch.see("data/a", 7 + i % 2, 20, now += 100);
        }

        // Then
        assertFalse(watch.lasts(now));
    }

    @Test
    void repeats_ofDifferentPaths_areNotAdded() {
        // Given

        // When
        for (int i = 0; i < 200; i++) {
            watch.see("data/" + i % 20, 7, 5_000, now += 10);
        }

        // Then: each of 20 paths was sent ten times, so repeated nine times
        assertFalse(watch.lasts(now));
    }

    @Test
    void paths_beyondTheBound_pushOutTheOldest() {
        // Given
        repeat(10);

        // When
        for (int i = 0; i < 1_000; i++) {
            watch.see("data/" + i, 7, 5_000, now);
        }
        repeat(1);

        // Then
        assertFalse(watch.lasts(now));
    }

    private void repeat(int times) {
        for (int i = 0; i < times; i++) {
            watch.see("data/a", 7, 5_000, now += 100);
        }
    }
}
