package io.adaos.hub.projection.crdt.id;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.adaos.hub.projection.crdt.codec.MalformedUpdateException;
import java.util.HexFormat;
import java.util.Map;
import org.junit.jupiter.api.Test;

class StateVectorTest {

    @Test
    void encode_clients_descend() throws MalformedUpdateException {
        // Given
        StateVector vector = StateVector.of(Map.of(1L, 5L, 300L, 2L, 7L, 0L));

        // When
        byte[] bytes = vector.encode();

        // Then
        assertEquals("02ac02020105", HexFormat.of().formatHex(bytes));
        assertEquals(vector, StateVector.decode(bytes));
    }

    @Test
    void covers_aVectorThatKnowsMore_isFalse() {
        // Given
        StateVector less = StateVector.of(Map.of(1L, 5L));
        StateVector more = StateVector.of(Map.of(1L, 5L, 2L, 1L));

        // Then
        assertTrue(more.covers(less));
        assertFalse(less.covers(more));
        assertTrue(less.covers(StateVector.EMPTY));
        assertEquals(0, less.clockOf(2));
    }

    @Test
    void decode_cutShort_isRefused() {
        assertThrows(MalformedUpdateException.class,
                () -> StateVector.decode(HexFormat.of().parseHex("02ac0202")));
        assertThrows(MalformedUpdateException.class, () -> StateVector.decode(new byte[0]));
    }
}
