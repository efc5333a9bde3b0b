package io.adaos.hub.projection.status;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;

import io.adaos.hub.contracts.id.OwnerId;
import io.adaos.hub.contracts.id.WebspaceId;
import io.adaos.hub.contracts.status.YjsPressure;
import io.adaos.hub.projection.governance.OwnerRow;
import io.adaos.hub.projection.governance.evidence.WriteCounters;
import io.adaos.hub.projection.governance.evidence.WriteReason;
import io.adaos.hub.projection.governance.pressure.PolicyState;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class PressureReporterTest {

    @Test
    void owners_areOrderedByStateAndThenBySize() {
        // Given
        List<OwnerRow> rows = List.of(
                row("desktop", "skill:quiet", PolicyState.OK, 10),
                row("desktop", "skill:loud", PolicyState.OK, 900),
                row("desktop", "skill:held", PolicyState.BLOCK, 100),
                row("kitchen", "skill:warned", PolicyState.WARN, 5));

        // When
        Map<WebspaceId, List<YjsPressure>> report = PressureReporter.report(rows);

        // Then
        assertEquals(List.of("skill:held", "skill:loud", "skill:quiet"),
                report.get(WebspaceId.DESKTOP).stream().map(one -> one.owner().value()).toList());
        assertEquals(1, report.get(new WebspaceId("kitchen")).size());
    }

    @Test
    void blockedOwner_namesItsRoots_itsReasonAndItsCounts() {
        // When
        YjsPressure held = PressureReporter.report(List.of(
                        row("desktop", "skill:held", PolicyState.BLOCK, 100)))
                .get(WebspaceId.DESKTOP).get(0);

        // Then
        assertEquals(List.of("data"), held.blockedRoots());
        assertEquals(YjsPressure.Reason.WRITE_AMPLIFICATION, held.reason());
        assertEquals(new YjsPressure.Counters(9, 3, 2, 1), held.counters());
    }

    @Test
    void ownerThatIsOk_hasNoReason_andOneWithoutWebspaceIsNowhere() {
        // When
        Map<WebspaceId, List<YjsPressure>> report = PressureReporter.report(List.of(
                row("desktop", "skill:quiet", PolicyState.OK, 10),
                row("", "skill:lost", PolicyState.WARN, 10)));

        // Then
        assertNull(report.get(WebspaceId.DESKTOP).get(0).reason());
        assertEquals(1, report.size());
    }

    @Test
    void crowdOfOwners_isCut_fromTheQuietEnd() {
        // Given
        List<OwnerRow> rows = Stream.concat(
                IntStream.range(0, 300).mapToObj(n ->
                        row("desktop", "skill:s" + n, PolicyState.OK, n)),
                Stream.of(row("desktop", "skill:warned", PolicyState.WARN, 0))).toList();

        // When
        List<YjsPressure> report = PressureReporter.report(rows).get(WebspaceId.DESKTOP);

        // Then
        assertEquals(200, report.size());
        assertEquals("skill:warned", report.get(0).owner().value());
        assertEquals("skill:s299", report.get(1).owner().value());
    }

    private static OwnerRow row(String webspace, String owner, PolicyState state, long bytes) {
        boolean ok = state == PolicyState.OK;
        boolean block = state == PolicyState.BLOCK;
        return new OwnerRow(webspace, new OwnerId(owner), false, bytes, 1, bytes, 1, state,
                "primary_shared_doc", ok ? null : WriteReason.WRITE_AMPLIFICATION,
                block ? List.of("data") : List.of(), List.of(), bytes, 1, 0, 0, Map.of(),
                new WriteCounters(9, 3, 0, 1, 5, 0, 3, 2, 1, 0, 0), Map.of(), null);
    }
}
