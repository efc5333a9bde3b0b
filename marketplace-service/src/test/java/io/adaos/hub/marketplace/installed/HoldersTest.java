package io.adaos.hub.marketplace.installed;

import static io.adaos.hub.marketplace.Artifacts.operation;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.adaos.hub.contracts.id.ArtifactRef;
import io.adaos.hub.contracts.id.NodeId;
import io.adaos.hub.contracts.operation.OperationStatus;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class HoldersTest {

    private static final ArtifactRef WEATHER = new ArtifactRef("skill", "weather");

    private final Holders holders = new Holders();

    @ParameterizedTest
    @EnumSource(OperationStatus.class)
    void accept_anyStatus_holdsUntilItHasEnded(OperationStatus status) {
        // When
        holders.accept(operation("op_1", "weather", OperationStatus.ACCEPTED));
        holders.accept(operation("op_1", "weather", status));

        // Then
        assertEquals(!status.isTerminal(), holders.of(NodeId.HUB, WEATHER).isPresent());
        assertTrue(holders.of(new NodeId("kitchen"), WEATHER).isEmpty());
        assertTrue(holders.of(NodeId.HUB, new ArtifactRef("scenario", "weather")).isEmpty());
    }

    @Test
    void accept_oneWaitsBehindAnother_theOtherHoldsUntilItEnds() {
        // Given
        holders.accept(operation("op_2", "weather", OperationStatus.QUEUED));
        holders.accept(operation("op_1", "weather", OperationStatus.RUNNING));
        String first = holder();

        // When
        holders.accept(operation("op_1", "weather", OperationStatus.FAILED));

        // Then
        assertEquals("op_1", first);
        assertEquals("op_2", holder());
    }

    @Test
    void version_changesOnlyWithAnswers() {
        // Given
        holders.accept(operation("op_1", "weather", OperationStatus.RUNNING));
        long before = holders.version();

        // When
        holders.accept(operation("op_1", "weather", OperationStatus.RUNNING));
        holders.accept(operation("op_9", "clock", OperationStatus.FAILED));
        holders.replace(List.of(operation("op_1", "weather", OperationStatus.CANCELLING)));
        long same = holders.version();
        holders.replace(List.of());

        // Then
        assertEquals(before, same);
        assertEquals(before + 1, holders.version());
        assertTrue(holders.of(NodeId.HUB, WEATHER).isEmpty());
    }

    private String holder() {
        return holders.of(NodeId.HUB, WEATHER).orElseThrow().operationId().value();
    }
}
