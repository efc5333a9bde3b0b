package io.adaos.hub.projection.governance.evidence;

import static org.junit.jupiter.api.Assertions.assertEquals;

import org.junit.jupiter.api.Test;

/** Nobody's writes are counted too. */
class OwnerlessWritesTest {

    private final OwnerlessWrites writes = new OwnerlessWrites();

    @Test
    void writes_areCountedBySubjectUpToABound() {
        // Given
        for (int i = 0; i < 300; i++) {
            writes.note("node:" + i);
        }

        // When
        writes.note("node:0");

        // Then
        assertEquals(2, writes.counts().get("node:0"));
        assertEquals(44, writes.counts().get("(other)"));
        assertEquals(301, writes.counts().values().stream().mapToLong(Long::longValue).sum());
    }
}
