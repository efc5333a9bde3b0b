package io.adaos.hub.projection.status;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.adaos.hub.contracts.id.OwnerId;
import io.adaos.hub.contracts.id.WebspaceId;
import io.adaos.hub.contracts.status.Connectivity;
import io.adaos.hub.contracts.status.EpochSeconds;
import io.adaos.hub.contracts.status.StateSync;
import io.adaos.hub.contracts.status.StateSync.Freshness;
import io.adaos.hub.contracts.status.WebspaceStatus;
import io.adaos.hub.contracts.status.YjsPressure;
import io.adaos.hub.contracts.status.YjsPressure.PolicyState;
import java.util.List;
import java.util.Set;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class StatusChangesTest {

    @Test
    void firstLook_tellsWhatThereIs_butNotWhoIsOk() {
        // Given
        StatusChanges changes = new StatusChanges();

        // When
        List<String> told = subjects(changes.of(
                status(Freshness.FRESH, 1, PolicyState.OK, 1)));

        // Then
        assertEquals(List.of("hub.v1.status.state_sync.desktop",
                "hub.v1.status.connectivity.browser_control_route.s0"), told);
    }

    @Test
    void numbersAndMoments_areNoChange() {
        // Given
        StatusChanges changes = new StatusChanges();
        changes.of(status(Freshness.FRESH, 1, PolicyState.WARN, 1));

        // When
        List<String> told = subjects(changes.of(
                status(Freshness.FRESH, 99, PolicyState.WARN, 1)));

        // Then
        assertEquals(List.of(), told);
    }

    @Test
    void words_areToldOnce_andAgainWhenTheyGoBack() {
        // Given
        StatusChanges changes = new StatusChanges();
        changes.of(status(Freshness.FRESH, 1, PolicyState.OK, 0));

        // When
        List<String> worse = subjects(changes.of(
                status(Freshness.AGING, 1, PolicyState.BLOCK, 0)));
        List<String> same = subjects(changes.of(
                status(Freshness.AGING, 1, PolicyState.BLOCK, 0)));
        List<String> better = subjects(changes.of(
                status(Freshness.FRESH, 1, PolicyState.OK, 0)));

        // Then
        List<String> both = List.of("hub.v1.status.state_sync.desktop",
                "hub.v1.status.yjs_pressure.desktop.skill=3Aweather");
        assertEquals(both, worse);
        assertEquals(List.of(), same);
        assertEquals(both, better);
    }

    @Test
    void crowd_isToldInPortions() {
        // Given
        StatusChanges changes = new StatusChanges();
        WebspaceStatus crowd = status(Freshness.FRESH, 1, PolicyState.OK, 600);

        // When
        List<Integer> portions = IntStream.range(0, 4)
                .mapToObj(turn -> changes.of(crowd).size()).toList();

        // Then
        assertEquals(List.of(256, 256, 89, 0), portions);
    }

    @Test
    void webspaceThatWasForgotten_isToldAnew() {
        // Given
        StatusChanges changes = new StatusChanges();
        changes.of(status(Freshness.FRESH, 1, PolicyState.OK, 0));

        // When
        changes.retain(Set.of());

        // Then
        assertEquals(1, changes.of(status(Freshness.FRESH, 1, PolicyState.OK, 0)).size());
    }

    private static List<String> subjects(List<StatusChanges.Change> changes) {
        return changes.stream().map(StatusChanges.Change::subject).toList();
    }

    private static WebspaceStatus status(
            Freshness freshness, long number, PolicyState state, int sessions) {
        EpochSeconds at = EpochSeconds.ofMillis(number);
        StateSync sync = new StateSync(WebspaceId.DESKTOP, StateSync.Transport.ATTACHED,
                StateSync.FirstSync.COMPLETE, StateSync.Semantic.READY, freshness, at, at,
                new StateSync.Replay(StateSync.Replay.Mode.DIFF, number + "/1000"),
                StateSync.Fallback.OFF, List.of());
        YjsPressure pressure = new YjsPressure(WebspaceId.DESKTOP, new OwnerId("skill:weather"),
                false, number, number, number, number, state,
                YjsPressure.Target.PRIMARY_SHARED_DOC, null, List.of(), List.of(),
                new YjsPressure.Counters(number, number, 0, 0));
        List<Connectivity> links = IntStream.range(0, sessions).mapToObj(n -> new Connectivity(
                Connectivity.Kind.BROWSER_CONTROL_ROUTE, "s" + n, Connectivity.Transport.READY,
                Connectivity.Transition.READY, Connectivity.PlannedTransition.NONE, List.of(),
                Connectivity.ServedBy.RUNTIME)).toList();
        return new WebspaceStatus(WebspaceId.DESKTOP, at, links, sync, List.of(pressure),
                new WebspaceStatus.Evidence(number, List.of(),
                        new WebspaceStatus.Sessions(sessions, sessions, 0, 0, 0),
                        new WebspaceStatus.Room(true, true, List.of()), 0));
    }
}
