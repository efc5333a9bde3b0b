package io.adaos.hub.projection.ystore;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.adaos.hub.contracts.id.WebspaceId;
import io.adaos.hub.projection.ystore.lease.Holder;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

/** What every store of documents does; run over PostgreSQL and over the store in memory. */
abstract class YStoreContract {

    private static final WebspaceId DESKTOP = WebspaceId.DESKTOP;
    private static final Holder ME = PgStore.holder("me");
    private static final Holder OTHER = PgStore.holder("other");

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
        RecoveredDoc recovered = open(store, DESKTOP);

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
        RecoveredDoc recovered = open(store, DESKTOP);
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
        RecoveredDoc recovered = open(store, DESKTOP);

        // Then
        assertEquals(List.of("one"), texts(recovered));
        assertEquals(new RecoveredDoc.Damage(false, 2), recovered.damage().orElseThrow());
        RecoveredDoc later = open(store, DESKTOP);
        assertEquals(3, later.generation());
        assertEquals(Optional.empty(), later.damage());
        assertEquals(List.of("one"), texts(later));
    }

    @Test
    void clientIds_ofAllLeases_areKeptAndNeverOverlap() {
        // Given
        YStore store = emptyStore();
        Lease first = lease(store, DESKTOP);
        Lease second = lease(store, DESKTOP);
        Lease unused = lease(store, DESKTOP);
        got(store.webspaces().unused(DESKTOP, unused.clientIds()));

        // When
        RecoveredDoc recovered = open(store, DESKTOP);

        // Then
        List<ClientIds> all = new ArrayList<>(List.of(first.clientIds(), second.clientIds(),
                recovered.lease().clientIds()));
        assertEquals(all, recovered.serverIds());
        assertTrue(first.clientIds().last() < second.clientIds().first());
        assertTrue(second.clientIds().last() < recovered.lease().clientId());
    }

    @Test
    void webspace_unknown_opensNothing() {
        // Given
        YStore store = emptyStore();

        // When
        Optional<Lease> lease = got(store.acquire(new WebspaceId("nowhere"), ME));

        // Then
        assertEquals(Optional.empty(), lease);
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

    @Test
    void appends_ofARoomThatLostItsEpoch_doNotHoldUpTheOthers() {
        // Given
        YStore store = emptyStore();
        WebspaceId lab = new WebspaceId("lab");
        got(store.webspaces().create(lab, "core:test"));
        Lease lost = lease(store, DESKTOP);
        lease(store, DESKTOP);
        Lease held = lease(store, lab);

        // When
        List<CompletionStage<AppendResult>> answers = new ArrayList<>();
        for (long i = 1; i <= 10; i++) {
            answers.add(store.log().append(LogRow.of(lost, i, bytes("lost"))));
            answers.add(store.log().append(LogRow.of(held, i, bytes("held"))));
        }

        // Then
        for (int i = 0; i < answers.size(); i++) {
            assertEquals(i % 2 == 0 ? new AppendResult.EpochLost() : new AppendResult.Appended(),
                    got(answers.get(i)));
        }
        assertEquals(10, got(store.log().readAfter(lab, 0)).size());
        assertEquals(0, got(store.log().readAfter(DESKTOP, 0)).size());
    }

    @Test
    void appends_thatAreLargeTogether_areAllWritten() {
        // Given
        YStore store = emptyStore();
        Lease lease = lease(store, DESKTOP);
        byte[] large = new byte[3 << 20];

        // When
        List<CompletionStage<AppendResult>> answers = new ArrayList<>();
        for (long i = 1; i <= 6; i++) {
            answers.add(store.log().append(LogRow.of(lease, i, large)));
        }

        // Then
        answers.forEach(answer ->
                assertInstanceOf(AppendResult.Appended.class, got(answer)));
        assertEquals(6, got(store.log().readAfter(DESKTOP, 0)).size());
    }

    @Test
    void webspace_thatAnotherHolds_isRefusedWithItsAddressUntilItsTimeIsOver()
            throws InterruptedException {
        // Given
        YStore store = emptyStore();
        Lease first = got(store.acquire(DESKTOP, PgStore.fleeting("brief"))).orElseThrow();

        // When
        WebspaceStore.Acquisition.HeldBy refused =
                assertInstanceOf(WebspaceStore.Acquisition.HeldBy.class,
                        got(store.webspaces().acquire(DESKTOP, OTHER)));
        Thread.sleep(refused.waitAtMost().toMillis() + 5);
        Lease second = got(store.acquire(DESKTOP, OTHER)).orElseThrow();

        // Then
        assertEquals("http://brief", refused.address());
        assertTrue(refused.waitAtMost().toMillis() <= 1_500);
        assertEquals(first.epoch() + 1, second.epoch());
    }

    @Test
    void lease_thatIsRenewed_staysAndOneThatWasTakenIsNotAmongTheRenewed()
            throws InterruptedException {
        // Given
        YStore store = emptyStore();
        WebspaceId lab = new WebspaceId("lab");
        got(store.webspaces().create(lab, "core:test"));
        Holder brief = PgStore.fleeting("brief");
        Lease desktop = got(store.acquire(DESKTOP, brief)).orElseThrow();
        Lease taken = got(store.acquire(lab, brief)).orElseThrow();
        Thread.sleep(1_520);
        got(store.acquire(lab, OTHER));

        // When
        Set<WebspaceId> held = got(store.webspaces().renew(brief, List.of(desktop, taken)));

        // Then
        assertEquals(Set.of(DESKTOP), held);
        assertInstanceOf(WebspaceStore.Acquisition.HeldBy.class,
                got(store.webspaces().acquire(DESKTOP, OTHER)));
    }

    @Test
    void lease_thatIsGivenBack_isFreeAtOnce() {
        // Given
        YStore store = emptyStore();
        Lease mine = lease(store, DESKTOP);

        // When
        got(store.webspaces().release(List.of(mine)));

        // Then
        assertEquals(Set.of(), got(store.webspaces().renew(ME, List.of(mine))));
        assertTrue(got(store.acquire(DESKTOP, OTHER)).isPresent());
        got(store.webspaces().release(List.of(mine)));
        assertInstanceOf(WebspaceStore.Acquisition.HeldBy.class,
                got(store.webspaces().acquire(DESKTOP, ME)));
    }

    @Test
    void badRow_andAllAfterIt_waitUnderANameUntilTheyAreDropped() {
        // Given
        YStore store = emptyStore();
        Lease lease = lease(store, DESKTOP);
        append(store, lease, 1, "one");
        append(store, lease, 2, "two");
        append(store, lease, 3, "three");
        damage(DESKTOP, 2);
        open(store, DESKTOP);

        // When
        SetAside setAside = got(store.setAsides().list(DESKTOP)).get(0);

        // Then
        assertEquals(List.of(2L, 3L, 2L), List.of(
                setAside.fromGeneration(), setAside.toGeneration(), setAside.rows()));
        List<LogRow> rows = got(store.setAsides().read(DESKTOP, setAside.name()));
        assertEquals(List.of(false, true), rows.stream().map(LogRow::isIntact).toList());
        assertEquals(2, got(store.setAsides()
                .drop(DESKTOP, setAside.name(), List.of(2L, 3L, 7L))));
        assertEquals(List.of(), got(store.setAsides().list(DESKTOP)));
    }

    private static AppendResult append(YStore store, Lease lease, long generation, String text) {
        return got(store.log().append(LogRow.of(lease, generation, bytes(text))));
    }

    private static Lease lease(YStore store, WebspaceId webspace) {
        return got(store.acquire(webspace, ME)).orElseThrow();
    }

    private static RecoveredDoc open(YStore store, WebspaceId webspace) {
        return got(store.recover(lease(store, webspace)));
    }

    private static List<String> texts(RecoveredDoc recovered) {
        return recovered.rows().stream().map(row -> new String(row.payload())).toList();
    }

    private static byte[] bytes(String text) {
        return text.getBytes();
    }

    private static <T> T got(CompletionStage<T> stage) {
        return stage.toCompletableFuture().orTimeout(30, TimeUnit.SECONDS)
                .join();
    }
}
