package io.adaos.hub.bench.boundary;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.util.List;
import org.junit.jupiter.api.Test;

class OwnerBalanceTest {
    private static final String ROW = """
            {"owner": "skill:a", "counters": {"attempted_total": 10, "applied": 4,
             "coalesced": 3, "refused": %d, "pending": 1, "in_progress": 0, "unchanged": 2,
             "rule_missing": 1}}""";

    private static OwnerBalance balance(int refused) throws JsonProcessingException {
        return OwnerBalance.of(new ObjectMapper().readTree(ROW.formatted(refused)));
    }

    @Test
    void balance_thatHolds_hasNoFault() throws JsonProcessingException {
        // Given
        OwnerBalance balance = balance(2);

        // When
        List<String> faults = balance.faults(13);

        // Then
        assertEquals(List.of(), faults);
        assertEquals(1, balance.waiting());
    }

    @Test
    void balance_withALostWrite_isAFault() throws JsonProcessingException {
        // Given
        OwnerBalance balance = balance(1);

        // When
        List<String> faults = balance.faults(13);

        // Then
        assertEquals(1, faults.size());
        assertTrue(faults.get(0).startsWith("does not balance"), faults.get(0));
    }

    @Test
    void balance_thatDiffersFromWhatTheOwnerWrote_isAFault() throws JsonProcessingException {
        // Given
        OwnerBalance balance = balance(2);

        // When
        List<String> faults = balance.faults(14);

        // Then
        assertEquals(List.of("skill:a wrote 14, counted are 13"), faults);
    }

    @Test
    void row_withoutACounter_isNotTakenForZero() throws JsonProcessingException {
        // Given
        JsonNode row = new ObjectMapper().readTree("{\"owner\": \"skill:a\", \"counters\": {}}");

        // When
        Exception failure = assertThrows(
                IllegalArgumentException.class, () -> OwnerBalance.of(row));

        // Then
        assertTrue(failure.getMessage().contains("attempted_total"), failure.getMessage());
    }
}
