package io.adaos.hub.projection.stream.log;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Optional;
import org.junit.jupiter.api.Test;

class FollowedLogsTest {

    private final FollowedLogs logs = new FollowedLogs(2);

    @Test
    void leave_oneOfTwoTopics_goesOnUntilTheLastIsLeft() {
        // Given
        assertTrue(logs.listen("op_1", "a"));
        assertFalse(logs.listen("op_1", "b"), "it is followed already");

        // When
        boolean first = logs.leave("op_1", "a");
        boolean again = logs.leave("op_1", "a");
        boolean last = logs.leave("op_1", "b");

        // Then
        assertFalse(first);
        assertFalse(again);
        assertTrue(last);
        assertFalse(logs.isFollowed("op_1"));
    }

    @Test
    void listen_moreThanMayBe_theyWaitInOrder() {
        // Given
        logs.listen("op_1", "a");
        logs.listen("op_2", "a");

        // When
        boolean third = logs.listen("op_3", "a");
        boolean fourth = logs.listen("op_4", "a");
        Optional<String> whileFull = logs.next();
        logs.leave("op_3", "a");
        logs.end("op_1");

        // Then
        assertFalse(third);
        assertFalse(fourth);
        assertEquals(Optional.empty(), whileFull);
        assertEquals(Optional.of("op_4"), logs.next());
        assertEquals(Optional.empty(), logs.next());
    }

    @Test
    void end_isOverUntilSomebodyComesAnew() {
        // Given
        logs.listen("op_1", "a");
        logs.end("op_1");

        // When
        Optional<String> next = logs.next();
        boolean left = logs.leave("op_1", "a");

        // Then
        assertEquals(Optional.empty(), next);
        assertFalse(left);
        assertTrue(logs.listen("op_1", "a"));
    }
}
