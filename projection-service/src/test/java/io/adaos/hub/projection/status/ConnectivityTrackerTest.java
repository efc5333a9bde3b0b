package io.adaos.hub.projection.status;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.adaos.hub.contracts.status.Connectivity;
import io.adaos.hub.contracts.status.Connectivity.Kind;
import io.adaos.hub.contracts.status.Connectivity.PlannedTransition;
import io.adaos.hub.contracts.status.Connectivity.Reason;
import io.adaos.hub.contracts.status.Connectivity.Transition;
import io.adaos.hub.contracts.status.Connectivity.Transport;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ConnectivityTrackerTest {

    private static final Announcement ALIVE = new Announcement(null, null, null, null, null);
    private static final Announcement UPDATING = new Announcement(null,
            Transition.PAUSED_FOR_UPDATE, new PlannedTransition(true, Reason.CORE_UPDATE),
            null, null);

    @ParameterizedTest(name = "{0} ms after it was heard")
    @CsvSource({
        "4999, READY, READY, 0", "5000, DEGRADED, RECONNECTING, 1",
        "14999, DEGRADED, RECONNECTING, 1", "15000, DISCONNECTED, RECONNECTING, 1"
    })
    void silentNode_isReconnectingAndThenDisconnected(
            long silentMs, Transport transport, Transition transition, int blockers) {
        // Given
        ConnectivityTracker tracker = new ConnectivityTracker(false);
        tracker.announce(Kind.MEMBER_HUB, "kitchen", ALIVE, 1_000);

        // When
        Connectivity kitchen = tracker.actors(1_000 + silentMs).get(1);

        // Then
        assertEquals(transport, kitchen.transportState());
        assertEquals(transition, kitchen.transitionState());
        assertEquals(blockers, kitchen.blockers().size());
    }

    @ParameterizedTest
    @CsvSource({"5000, DEGRADED", "15000, DISCONNECTED"})
    void nodeThatAnnouncedToGo_staysAnnounced(long silentMs, Transport transport) {
        // Given
        ConnectivityTracker tracker = new ConnectivityTracker(false);
        tracker.announce(Kind.MEMBER_HUB, "kitchen", UPDATING, 0);

        // When
        Connectivity kitchen = tracker.actors(silentMs).get(1);

        // Then
        assertEquals(transport, kitchen.transportState());
        assertEquals(Transition.PAUSED_FOR_UPDATE, kitchen.transitionState());
        assertEquals(Reason.CORE_UPDATE, kitchen.plannedTransition().reason());
    }

    @Test
    void nodeThatIsHeardAgain_isReady() {
        // Given
        ConnectivityTracker tracker = new ConnectivityTracker(false);
        tracker.announce(Kind.MEMBER_HUB, "kitchen", UPDATING, 0);

        // When
        tracker.announce(Kind.MEMBER_HUB, "kitchen", ALIVE, 60_000);

        // Then
        Connectivity kitchen = tracker.actors(60_001).get(1);
        assertEquals(Transport.READY, kitchen.transportState());
        assertEquals(PlannedTransition.NONE, kitchen.plannedTransition());
    }

    @Test
    void hubWithoutRoot_isDisabled_andNothingCanBeAnnounced() {
        // Given
        ConnectivityTracker tracker = new ConnectivityTracker(false);

        // When
        List<Connectivity> actors = tracker.actors(0);

        // Then
        assertEquals(1, actors.size());
        assertEquals(Transition.DISABLED, actors.get(0).transitionState());
        assertEquals(Transport.UNKNOWN, actors.get(0).transportState());
        assertEquals(List.of(), actors.get(0).blockers());
        assertFalse(tracker.isAnnounced(Kind.HUB_ROOT));
        assertFalse(tracker.isAnnounced(Kind.BROWSER_CONTROL_ROUTE));
    }

    @Test
    void hubWithRoot_thatWasNeverHeard_isUnknownAndReconnecting() {
        // Given
        ConnectivityTracker tracker = new ConnectivityTracker(true);

        // When
        List<Connectivity> before = tracker.actors(0);
        tracker.announce(Kind.HUB_ROOT, "hub", ALIVE, 0);

        // Then
        assertEquals(Transport.UNKNOWN, before.get(0).transportState());
        assertEquals(Transition.RECONNECTING, before.get(0).transitionState());
        assertEquals(List.of(Transport.READY), tracker.actors(1).stream()
                .map(Connectivity::transportState).toList());
        assertTrue(tracker.isAnnounced(Kind.HUB_ROOT));
    }

    /** After a restart a node is what it was, and has the time of a heartbeat to be heard. */
    @Test
    void recalledNode_isWhatItWas_untilItShouldHaveBeenHeard() {
        // Given
        ConnectivityTracker tracker = new ConnectivityTracker(false);
        Connectivity known = new Connectivity(Kind.MEMBER_HUB, "kitchen", Transport.READY,
                Transition.READY, PlannedTransition.NONE, List.of(), null);

        // When
        tracker.recall(known, 1_000);

        // Then
        assertEquals(known, tracker.actors(5_999).get(1));
        assertEquals(Transport.DISCONNECTED, tracker.actors(16_000).get(1).transportState());
    }

    @Test
    void tooManyNodes_forgetTheOneSilentForLongest() {
        // Given
        ConnectivityTracker tracker = new ConnectivityTracker(false);

        // When
        IntStream.rangeClosed(0, 1_000).forEach(n ->
                tracker.announce(Kind.MEMBER_HUB, "node-" + n, ALIVE, n));

        // Then
        List<Connectivity> actors = tracker.actors(1_001);
        assertEquals(1_001, actors.size());
        assertTrue(actors.stream().noneMatch(actor -> actor.scopeId().equals("node-0")));
    }

    @Test
    void announcement_thatSaysUnknownOrTooMuch_isRefused() {
        // When
        List<String> tooMany = IntStream.range(0, 21).mapToObj(n -> "b" + n).toList();

        // Then
        assertThrows(IllegalArgumentException.class, () ->
                new Announcement(Transport.UNKNOWN, null, null, null, null));
        assertThrows(IllegalArgumentException.class, () ->
                new Announcement(null, null, null, tooMany, null));
        assertThrows(IllegalArgumentException.class, () ->
                new Announcement(null, null, null, List.of("<script>"), null));
    }
}
