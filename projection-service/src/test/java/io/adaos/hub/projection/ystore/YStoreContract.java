package io.adaos.hub.projection.ystore;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.adaos.hub.contracts.id.WebspaceId;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

/** What every store of documents does; run over PostgreSQL and over the store in memory. */
abstract class YStoreContract {

    private static final WebspaceId DESKTOP = WebspaceId.DESKTOP;

    /** A store that holds nothing but the webspace {@code desktop}. */
    abstract YStore emptyStore();

    /** Changes a byte of a stored row. */
    abstract void damage(WebspaceId webspace, long generation);

    @Test
    void rows_afterReopening_areAllThereInOrder() {
        // Given
        YStore store = emptyStore();
        Lease lease = lease(store, DESKTOP);
        append(store, lease, 1, "one");
        append(store, lease, 2, "two");

        // When
        RecoveredDoc recovered = got(store.open(DESKTOP, "next")).orElseThrow();

        // Then
        assertEquals(List.of("one", "two"), texts(recovered));
        assertEquals(2, recovered.generation());
        assertEquals(lease.epoch() + 1, recovered.lease().epoch());
        assertTrue(recovered.lease().clientId() > lease.clientId());
    }

    @Test
    void append_repeated_isAppendedOnce() {
        // Given
        YStore store = emptyStore();
        Lease lease = lease(store, DESKTOP);
        append(store, lease, 1, "one");

        // When
        AppendResult again = append(store, lease, 1, "one");

        // Then
        assertInstanceOf(AppendResult.Appended.class, again);
        assertEquals(1, got(store.log().readAfter(DESKTOP, 0)).size());
    }

    @Test
    void append_ofAnOlderEpoch_isLostAndNotWritten() {
        // Given
        YStore store = emptyStore();
        Lease old = lease(store, DESKTOP);
        lease(store, DESKTOP);

        // When
        AppendResult late = append(store, old, 1, "late");

        // Then
        assertInstanceOf(AppendResult.EpochLost.class, late);
        assertEquals(List.of(), got(store.log().readAfter(DESKTOP, 0)));
    }

    @Test
    void append_ofAGenerationAnotherEpochHasWritten_isLost() {
        // Given
        YStore store = emptyStore();
        Lease old = lease(store, DESKTOP);
        append(store, old, 1, "old");
        Lease current = lease(store, DESKTOP);

        // When
        AppendResult result = append(store, current, 1, "new");

        // Then
        assertInstanceOf(AppendResult.EpochLost.class, result);
    }

    @Test
    void appends_ofManyRoomsAtOnce_areAllThere() {
        // Given
        YStore store = emptyStore();
        List<CompletionStage<AppendResult>> answers = new ArrayList<>();
        List<WebspaceId> webspaces = new ArrayList<>();
        for (int i = 0; i < 20; i++) {
            WebspaceId webspace = new WebspaceId("room-" + i);
            got(store.webspaces().create(webspace, "core:test"));
            webspaces.add(webspace);
        }

        // When
        for (WebspaceId webspace : webspaces) {
            Lease lease = lease(store, webspace);
            answers.add(store.log().append(LogRow.of(lease, 1, bytes(webspace.value()))));
        }

        // Then
        for (int i = 0; i < answers.size(); i++) {
            assertInstanceOf(AppendResult.Appended.class, got(answers.get(i)));
            LogRow row = got(store.log().readAfter(webspaces.get(i), 0)).get(0);
            assertEquals(webspaces.get(i).value(), new String(row.payload()));
        }
    }

    @Test
    void snapshot_takesThePlaceOfTheRowsUpToIt() {
        // Given
        YStore store = emptyStore();
        Lease lease = lease(store, DESKTOP);
        append(store, lease, 1, "one");
        append(store, lease, 2, "two");
        append(store, lease, 3, "three");

        // When
        boolean kept = got(store.snapshots().compact(DocSnapshot.of(lease, 2, bytes("whole"))));

        // Then
        RecoveredDoc recovered = got(store.open(DESKTOP, "next")).orElseThrow();
        assertTrue(kept);
        assertArrayEquals(bytes("whole"), recovered.snapshot().orElseThrow().payload());
        assertEquals(List.of("three"), texts(recovered));
        assertEquals(1, got(store.log().readAfter(DESKTOP, 0)).size());
    }

    @Test
    void snapshot_ofAnOlderEpoch_changesNothing() {
        // Given
        YStore store = emptyStore();
        Lease old = lease(store, DESKTOP);
        append(store, old, 1, "one");
        lease(store, DESKTOP);

        // When
        boolean kept = got(store.snapshots().compact(DocSnapshot.of(old, 1, bytes("late"))));

        // Then
        assertEquals(false, kept);
        assertEquals(Optional.empty(), got(store.snapshots().newest(DESKTOP)));
        assertEquals(1, got(store.log().readAfter(DESKTOP, 0)).size());
    }

    @Test
    void badRow_endsRecoveryAtTheLastGoodOneAndItsGenerationIsNeverUsedAgain() {
        // Given
        YStore store = emptyStore();
        Lease lease = lease(store, DESKTOP);
        append(store, lease, 1, "one");
        append(store, lease, 2, "two");
        append(store, lease, 3, "three");
        damage(DESKTOP, 2);

        // When
        RecoveredDoc recovered = got(store.open(DESKTOP, "next")).orElseThrow();

        // Then
        assertEquals(List.of("one"), texts(recovered));
        assertEquals(new RecoveredDoc.Damage(false, 2), recovered.damage().orElseThrow());
        RecoveredDoc later = got(store.open(DESKTOP, "later")).orElseThrow();
        assertEquals(3, later.generation());
        assertEquals(Optional.empty(), later.damage());
        assertEquals(List.of("one"), texts(later));
    }

    @Test
    void webspace_unknown_opensNothing() {
        // Given
        YStore store = emptyStore();

        // When
        Optional<RecoveredDoc> opened = got(store.open(new WebspaceId("nowhere"), "me"));

        // Then
        assertEquals(Optional.empty(), opened);
    }

    @Test
    void webspace_createdTwice_existsOnce() {
        // Given
        YStore store = emptyStore();
        WebspaceId lab = new WebspaceId("lab");

        // When
        WebspaceStore.Creation first = got(store.webspaces().create(lab, "user:anna"));
        WebspaceStore.Creation second = got(store.webspaces().create(lab, "user:ben"));

        // Then
        assertEquals(WebspaceStore.Creation.CREATED, first);
        assertEquals(WebspaceStore.Creation.EXISTED, second);
        assertEquals(List.of(DESKTOP, lab), got(store.webspaces().list()));
    }

    private static AppendResult append(YStore store, Lease lease, long generation, String text) {
        return got(store.log().append(LogRow.of(lease, generation, bytes(text))));
    }

    private static Lease lease(YStore store, WebspaceId webspace) {
        return got(store.webspaces().acquire(webspace, "test")).orElseThrow();
    }

    private static List<String> texts(RecoveredDoc recovered) {
        return recovered.rows().stream().map(row -> new String(row.payload())).toList();
    }

    private static byte[] bytes(String text) {
        return text.getBytes();
    }

    private static <T> T got(CompletionStage<T> stage) {
        return stage.toCompletableFuture().orTimeout(20, TimeUnit.SECONDS)
                .join();
    }
}
