package io.adaos.hub.projection.write;

import static io.adaos.hub.projection.room.RoomFixture.got;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.adaos.hub.contracts.error.HubErrorCode;
import io.adaos.hub.contracts.id.OwnerId;
import io.adaos.hub.contracts.id.WebspaceId;
import io.adaos.hub.projection.governance.GovernanceSettings;
import io.adaos.hub.projection.governance.OwnerRow;
import io.adaos.hub.projection.governance.WriteGovernor;
import io.adaos.hub.projection.governance.evidence.WriteCause;
import io.adaos.hub.projection.governance.evidence.WriteCounters;
import io.adaos.hub.projection.governance.pressure.PolicyState;
import io.adaos.hub.projection.governance.pressure.PressureThresholds;
import io.adaos.hub.projection.room.RoomFixture;
import io.adaos.hub.projection.write.ingress.RoomGate;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Parts of the hub are measured like everybody else, and never held up. */
class CoreJudgementTest {

    private static final OwnerId OPERATIONS = new OwnerId("core:operations");

    private final RoomFixture rooms = new RoomFixture();
    private final WriteGovernor governor = new WriteGovernor(
            GovernanceSettings.DEFAULT, owner -> PressureThresholds.DEFAULT);
    private final CoreJudgement judgement = new CoreJudgement(
            governor, new RoomGate(rooms.directory()), () -> 1_000_000);

    @AfterEach
    void close() {
        rooms.close();
    }

    @Test
    void batch_isOneGeneration_andEachBranchOneWrite() {
        // Given
        CoreWrite write = write(WebspaceId.DESKTOP, "a", "b");
        got(judgement.write(write));

        // When
        WriteReceipt receipt = got(judgement.write(write(WebspaceId.DESKTOP, "a", "c")));

        // Then
        assertEquals(new WriteReceipt.Applied(2), receipt);
        WriteCounters counters = row().counters();
        assertEquals(3, counters.applied());
        assertEquals(1, counters.unchanged());
        assertTrue(counters.balances() && counters.inProgress() == 0);
        assertEquals(3, row().byCause().get(WriteCause.OPERATION_VIEW).applied());
    }

    @Test
    void flood_isWarnedOf_andAllOfItWritten() {
        // Given
        int writes = 500;

        // When
        for (int i = 0; i < writes; i++) {
            assertInstanceOf(WriteReceipt.Applied.class,
                    got(judgement.write(write(WebspaceId.DESKTOP, "k" + i))));
        }

        // Then
        assertEquals(PolicyState.WARN, row().policyState());
        assertEquals(writes, row().counters().applied());
        assertEquals(0, row().counters().throttledTotal());
    }

    @Test
    void unknownWebspace_isARefusal_andCounted() {
        // Given
        WebspaceId nowhere = new WebspaceId("nowhere");

        // When
        WriteReceipt receipt = got(judgement.write(write(nowhere, "a")));

        // Then
        assertEquals(HubErrorCode.WEBSPACE_UNKNOWN,
                assertInstanceOf(WriteReceipt.Refused.class, receipt).reason());
        assertEquals(1, row().counters().refused());
    }

    private OwnerRow row() {
        return governor.rows(1_000_000).get(0);
    }

    private static CoreWrite write(WebspaceId webspace, String... keys) {
        return new CoreWrite(webspace, OPERATIONS, WriteCause.OPERATION_VIEW,
                List.of(keys).stream().<ProjectionWrite>map(key -> new ProjectionWrite.Put(
                        List.of("runtime", "operations", key), "value")).toList());
    }
}
