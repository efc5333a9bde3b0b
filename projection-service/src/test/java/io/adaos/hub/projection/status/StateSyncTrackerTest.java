package io.adaos.hub.projection.status;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;

import io.adaos.hub.contracts.id.WebspaceId;
import io.adaos.hub.contracts.status.EpochSeconds;
import io.adaos.hub.contracts.status.StateSync;
import io.adaos.hub.contracts.status.StateSync.Fallback;
import io.adaos.hub.contracts.status.StateSync.FirstSync;
import io.adaos.hub.contracts.status.StateSync.Freshness;
import io.adaos.hub.contracts.status.StateSync.Transport;
import io.adaos.hub.projection.room.fact.Publications;
import io.adaos.hub.projection.room.fact.RoomFacts;
import io.adaos.hub.projection.room.fact.RoomHealth;
import io.adaos.hub.projection.status.StateSyncTracker.Moment;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

class StateSyncTrackerTest {

    private static final long WALL = 1_795_292_400_000L;

    private final Publications publications = new Publications(3, 0);
    private final StateSyncTracker tracker = new StateSyncTracker();

    @Test
    void lastGoodSync_isTheLastMomentAllWasGood() {
        // Given
        StateSync before = judge(room(false), 1_000);
        StateSync good = judge(room(true), 2_000);

        // When
        StateSync after = judge(room(false), 9_000);

        // Then
        assertNull(before.lastGoodSyncAt());
        assertEquals(EpochSeconds.ofMillis(WALL + 2_000), good.lastGoodSyncAt());
        assertEquals(good.lastGoodSyncAt(), after.lastGoodSyncAt());
        assertEquals(EpochSeconds.ofMillis(WALL), after.lastMaterializationAt());
    }

    /** A wall clock that jumps neither makes anything fresh nor stale. */
    @Test
    void logThatIsAway_agesByTheClockThatDoesNotFall() {
        // Given
        judge(room(true), 1_000);

        // When
        StateSync first = judge(room(false), 2_000);
        StateSync later = tracker.judge(input(room(false)),
                new Moment(TimeUnit.MILLISECONDS.toNanos(17_000), 1));
        StateSync back = judge(room(true), 18_000);
        StateSync again = judge(room(false), 19_000);

        // Then
        assertEquals(Freshness.AGING, first.freshnessState());
        assertEquals(Freshness.STALE, later.freshnessState());
        assertEquals(Freshness.FRESH, back.freshnessState());
        assertEquals(Freshness.AGING, again.freshnessState());
    }

    @Test
    void roomThatDoesNotOpen_timesOut_andIsForgottenWhenItDoes() {
        // When
        StateSync first = judge(Optional.empty(), 1_000);
        StateSync later = judge(Optional.empty(), 16_000);
        StateSync open = judge(room(true), 17_000);
        StateSync again = judge(Optional.empty(), 60_000);

        // Then
        assertEquals(FirstSync.PENDING, first.firstSyncState());
        assertEquals(Transport.DISCONNECTED, first.transportState());
        assertEquals(FirstSync.TIMEOUT, later.firstSyncState());
        assertEquals(FirstSync.COMPLETE, open.firstSyncState());
        assertEquals(FirstSync.PENDING, again.firstSyncState());
    }

    private StateSync judge(Optional<RoomFacts> room, long millis) {
        return tracker.judge(input(room),
                new Moment(TimeUnit.MILLISECONDS.toNanos(millis), WALL + millis));
    }

    private StateSyncTracker.Input input(Optional<RoomFacts> room) {
        return new StateSyncTracker.Input(WebspaceId.DESKTOP, room, true, List.of(),
                room.map(facts -> SessionReview.of(List.of(), publications, 0)), List.of());
    }

    private Optional<RoomFacts> room(boolean log) {
        return Optional.of(new RoomFacts(RoomHealth.of(log, false), true, Fallback.OFF,
                new RoomFacts.Replay(false, 3, 1_000), publications));
    }
}
