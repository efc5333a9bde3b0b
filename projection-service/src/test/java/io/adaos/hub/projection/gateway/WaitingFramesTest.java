package io.adaos.hub.projection.gateway;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class WaitingFramesTest {

    private final List<Boolean> told = new ArrayList<>();
    private final FrameBudget budget = new FrameBudget(4 << 20);
    private final WaitingFrames waiting =
            new WaitingFrames(FrameLimits.of(16 << 20), budget, told::add);

    @Test
    void socket_isNotReadWhileManyFramesWait_andIsReadAgainWhenHalfIsLeft() {
        // Given
        add(128, 10);
        boolean whileMany = waiting.isPaused();
        List<Boolean> first = List.copyOf(told);

        // When
        handled(63, 10);
        List<Boolean> stillMany = List.copyOf(told);
        handled(1, 10);

        // Then
        assertTrue(whileMany);
        assertEquals(List.of(false), first);
        assertEquals(List.of(false), stillMany);
        assertEquals(List.of(false, true), told);
        assertFalse(waiting.isPaused());
    }

    @Test
    void socket_isNotReadWhileManyBytesWait() {
        // Given
        add(1, 1 << 20);

        // When
        handled(1, 1 << 20);

        // Then
        assertEquals(List.of(false, true), told);
    }

    @Test
    void whatOneReadMayHold_hasPlace_andMoreHasNot() {
        // Given
        add(8_192, 11);

        // When
        boolean further = waiting.add(11);

        // Then
        assertFalse(further);
        assertEquals(List.of(false), told);
    }

    @Test
    void largeFrames_ofAllSockets_shareOneBudget_andSmallOnesPass() {
        // Given
        WaitingFrames other = new WaitingFrames(FrameLimits.of(16 << 20), budget, told::add);
        add(1, 16 << 20);

        // When
        boolean large = other.add(FrameBudget.LARGE_BYTES);
        boolean small = other.add(FrameBudget.LARGE_BYTES - 1);
        handled(1, 16 << 20);
        boolean largeAfterwards = other.add(3 << 20);
        boolean beside = waiting.add(1 << 20);
        boolean tooMuch = waiting.add(FrameBudget.LARGE_BYTES);

        // Then
        assertFalse(large);
        assertTrue(small);
        assertTrue(largeAfterwards);
        assertTrue(beside);
        assertFalse(tooMuch);
    }

    private void add(int frames, int length) {
        for (int i = 0; i < frames; i++) {
            assertTrue(waiting.add(length));
        }
    }

    private void handled(int frames, int length) {
        for (int i = 0; i < frames; i++) {
            waiting.handled(length);
        }
    }
}
