package io.adaos.hub.projection.room;

import static io.adaos.hub.projection.room.RoomFixture.got;
import static io.adaos.hub.projection.room.RoomFixture.put;
import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.adaos.hub.contracts.id.WebspaceId;
import io.adaos.hub.projection.room.lease.LeaseKeeper;
import io.adaos.hub.projection.room.lease.Tenure;
import io.adaos.hub.projection.ystore.InMemoryYStore;
import io.adaos.hub.projection.ystore.LateStore;
import io.adaos.hub.projection.ystore.PgStore;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletionStage;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** What happens to rooms while they are being opened. */
class RoomOpeningTest {

    private static final WebspaceId DESKTOP = WebspaceId.DESKTOP;

    private final InMemoryYStore store = new InMemoryYStore();
    private final LateStore late = new LateStore(store);
    private final RoomFixture rooms = new RoomFixture();

    @AfterEach
    void close() {
        rooms.close();
    }

    @Test
    void room_whoseFirstCallerGivesUp_isOpenedOnceForTheOthers() {
        // Given
        RoomDirectory directory = rooms.directoryOver(late.open());
        CompletionStage<Optional<WebspaceRoom>> first = directory.room(DESKTOP);
        CompletionStage<Optional<WebspaceRoom>> second = directory.room(DESKTOP);

        // When
        first.toCompletableFuture().cancel(false);
        CompletionStage<Optional<WebspaceRoom>> third = directory.room(DESKTOP);
        late.tellLease(0);
        late.tellSnapshot(0);

        // Then
        assertEquals(got(second), got(third));
        assertEquals(1, late.leases());
        assertEquals(1, RoomFixture.generation(got(put(got(third).orElseThrow(), "a", 1))));
    }

    @Test
    void room_whoseLeaseIsLostBeforeItIsOpen_givesWayToANewOne() {
        // Given
        RoomDirectory directory = rooms.directoryOver(late.open());
        CompletionStage<Optional<WebspaceRoom>> first = directory.room(DESKTOP);
        late.tellLease(0);
        store.steal(DESKTOP);
        await().until(() -> late.refusedRenewals() > 0);

        // When
        late.tellSnapshot(0);
        WebspaceRoom ended = got(first).orElseThrow();
        await().until(() -> {
            directory.room(DESKTOP);
            return late.leases() == 2;
        });
        late.tellLease(1);
        await().until(() -> late.snapshots() == 2);
        late.tellSnapshot(1);

        // Then
        assertFalse(ended.health().logAvailable());
        WebspaceRoom next = got(directory.room(DESKTOP)).orElseThrow();
        assertEquals(1, RoomFixture.generation(got(put(next, "a", 1))));
    }

    @Test
    void tenure_thatIsToldAfterItsSuccessor_isLost() {
        // Given
        LeaseKeeper keeper = new LeaseKeeper(late.open(), PgStore.holder("test"));
        CompletionStage<Optional<Tenure>> older = keeper.take(DESKTOP);
        CompletionStage<Optional<Tenure>> newer = keeper.take(DESKTOP);

        // When
        late.tellLease(1);
        late.tellLease(0);

        // Then
        assertFalse(got(older).orElseThrow().isCertain());
        assertTrue(got(newer).orElseThrow().isCertain());
        assertEquals(List.of(got(newer).orElseThrow()), keeper.held());
    }

    @Test
    void tenure_thatIsToldBeforeItsSuccessor_isLostWhenThatIsTold() {
        // Given
        LeaseKeeper keeper = new LeaseKeeper(late.open(), PgStore.holder("test"));
        CompletionStage<Optional<Tenure>> older = keeper.take(DESKTOP);
        CompletionStage<Optional<Tenure>> newer = keeper.take(DESKTOP);

        // When
        late.tellLease(0);
        boolean before = got(older).orElseThrow().isCertain();
        late.tellLease(1);

        // Then
        assertTrue(before);
        assertFalse(got(older).orElseThrow().isCertain());
        assertEquals(List.of(got(newer).orElseThrow()), keeper.held());
    }
}
