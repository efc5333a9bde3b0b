package io.adaos.hub.projection.write.diagnostics;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import org.junit.jupiter.api.Test;

class MissTableTest {

    private static final int ROWS_MAX = 256;

    private final MissTable<String, Integer> table = new MissTable<>(Integer::sum);

    @Test
    void note_ofTheSameKey_addsUp() {
        // Given
        table.note("a", 1, 0);
        table.note("b", 1, 0);

        // When
        MissTable.Noted<Integer> noted = table.note("a", 2, 10);

        // Then
        assertEquals(3, noted.row());
        assertEquals(List.of(3, 1), table.rows());
    }

    @Test
    void event_isDueOnceASecond_andALineOnceAMinute_perKey() {
        // Given
        MissTable.Noted<Integer> first = table.note("a", 1, 1_000);

        // When
        MissTable.Noted<Integer> early = table.note("a", 1, 1_999);
        MissTable.Noted<Integer> second = table.note("a", 1, 2_000);
        MissTable.Noted<Integer> other = table.note("b", 1, 2_000);
        MissTable.Noted<Integer> minute = table.note("a", 1, 61_000);

        // Then
        assertTrue(first.isEventDue() && first.isLineDue());
        assertFalse(early.isEventDue() || early.isLineDue());
        assertTrue(second.isEventDue());
        assertFalse(second.isLineDue());
        assertTrue(other.isEventDue() && other.isLineDue());
        assertTrue(minute.isEventDue() && minute.isLineDue());
    }

    @Test
    void newRow_takesThePlaceOfTheOneSilentLongest() {
        // Given
        for (int i = 0; i < ROWS_MAX; i++) {
            table.note("k" + i, i, i);
        }
        table.note("k0", 0, 1_000);

        // When
        table.note("new", 1_000, 2_000);

        // Then
        List<Integer> rows = table.rows();
        assertEquals(ROWS_MAX, rows.size());
        assertEquals(List.of(1_000, 0, 255), rows.subList(0, 3));
        assertFalse(rows.contains(1));
        assertEquals(1, table.evicted());
    }
}
