package io.adaos.hub.projection.room;

import static io.adaos.hub.projection.room.RoomFixture.acknowledging;
import static io.adaos.hub.projection.room.RoomFixture.got;
import static io.adaos.hub.projection.room.RoomFixture.put;
import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.adaos.hub.contracts.id.WebspaceId;
import io.adaos.hub.projection.crdt.Doc;
import io.adaos.hub.projection.crdt.id.StateVector;
import io.adaos.hub.projection.room.fact.RoomHealth;
import io.adaos.hub.projection.room.member.FakeTransport;
import io.adaos.hub.projection.room.member.RoomMember;
import io.adaos.hub.projection.room.setaside.SetAsideDesk;
import io.adaos.hub.projection.ystore.CompactionPolicy;
import io.adaos.hub.projection.ystore.PgStore;
import io.adaos.hub.projection.ystore.SetAside;
import io.adaos.hub.testing.TestPostgres;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Damaged rows of a real database: what the room does, and what an operator can do. */
class SetAsideTest {

    private static final String FLIP = " SET payload = set_byte(payload, length(payload) - 1,"
            + " get_byte(payload, length(payload) - 1) # 1) ";

    private String url;
    private PgStore admin;
    private Replicas replica;

    @BeforeEach
    void migrate() {
        url = TestPostgres.freshDatabase();
        PgStore.migrate(url);
        admin = new PgStore(url);
        replica = new Replicas(url, PgStore.holder("before"));
    }

    @AfterEach
    void close() {
        replica.close();
        admin.close();
    }

    @Test
    void badRow_isSetAsideSaidAndRestoredWhenItIsMended() {
        // Given
        writeThree();
        run("UPDATE update_log" + FLIP + "WHERE generation = 2");

        // When
        WebspaceRoom room = restarted();

        // Then
        assertEquals(Map.of("a", 1L), data(room));
        assertEquals(new RoomHealth(true, true, List.of("log_set_aside")), room.health());
        assertEquals(List.of(WebspaceId.DESKTOP), replica.told);
        assertEquals(4, RoomFixture.generation(got(put(room, "d", 4))));
        SetAside part = got(desk().list(WebspaceId.DESKTOP)).get(0);
        assertEquals(new SetAsideDesk.Restored(part.name(), 0, 1, 1), restore(part));
        run("UPDATE set_aside_updates" + FLIP + "WHERE generation = 2");
        assertEquals(new SetAsideDesk.Restored(part.name(), 2, 0, 0), restore(part));
        assertEquals(Map.of("a", 1L, "b", 2L, "c", 3L, "d", 4L), data(room));
        assertEquals(new RoomHealth(true, false, List.of()), room.health());
        assertEquals(List.of(), got(desk().list(WebspaceId.DESKTOP)));
    }

    @Test
    void badSnapshot_takesEverythingWithItAndNoGenerationIsUsedAgain() {
        // Given
        replica.close();
        replica = new Replicas(url, PgStore.holder("before"), new CompactionPolicy(3, 1 << 20));
        writeThree();
        await().until(() -> got(admin.store().snapshots().newest(WebspaceId.DESKTOP))
                .isPresent());
        run("UPDATE doc_snapshots" + FLIP);

        // When
        WebspaceRoom room = restarted();

        // Then
        assertTrue(data(room).isEmpty());
        assertEquals(4, RoomFixture.generation(got(put(room, "d", 4))));
        SetAside part = got(desk().list(WebspaceId.DESKTOP)).get(0);
        assertTrue(part.snapshot());
        run("UPDATE set_aside_updates" + FLIP);
        assertEquals(1, restore(part).restored());
        assertEquals(Map.of("a", 1L, "b", 2L, "c", 3L, "d", 4L), data(room));
    }

    @Test
    void acknowledgingClient_thatKnowsMoreThanIsLeft_isToldToReload() {
        // Given
        writeThree();
        StateVector whole = known(replica.desktop());
        run("UPDATE update_log" + FLIP + "WHERE generation = 2");
        WebspaceRoom room = restarted();

        // When
        List<byte[]> toOldClient = answered(room, whole);
        List<byte[]> toNewClient = answered(room, StateVector.EMPTY);

        // Then
        assertEquals(1, toOldClient.stream().filter(frame -> frame[0] == 66).count());
        assertEquals(0, toNewClient.stream().filter(frame -> frame[0] == 66).count());
    }

    @Test
    void part_thatIsDropped_isGoneAndBlocksNoLonger() {
        // Given
        writeThree();
        run("UPDATE update_log" + FLIP + "WHERE generation = 2");
        WebspaceRoom room = restarted();
        SetAside part = got(desk().list(WebspaceId.DESKTOP)).get(0);

        // When
        int dropped = got(desk().drop(WebspaceId.DESKTOP, part.name()));

        // Then
        assertEquals(2, dropped);
        assertEquals(List.of(), room.health().blockers());
        assertEquals(List.of(), restarted().health().blockers());
    }

    @Test
    void log_of10000Rows_opensFastAndBecomesASnapshot() {
        // Given
        fillUp(10_000);
        replica.close();
        replica = new Replicas(url, PgStore.holder("after"), new CompactionPolicy(1_000, 1 << 30));

        // When
        long started = System.nanoTime();
        WebspaceRoom room = replica.desktop();
        long millis = (System.nanoTime() - started) / 1_000_000;

        // Then
        System.out.println("10,000 rows opened in " + millis + " ms");
        assertTrue(millis < 5_000, millis + " ms");
        assertEquals(10_000, got(room.state()).generation());
        await().until(() -> got(admin.store().snapshots().newest(WebspaceId.DESKTOP))
                .filter(snapshot -> snapshot.generation() == 10_000).isPresent());
        assertEquals(0, got(admin.store().log().readAfter(WebspaceId.DESKTOP, 0)).size());
    }

    private void fillUp(int generations) {
        WebspaceRoom room = replica.desktop();
        for (long i = got(room.state()).generation(); i < generations; i++) {
            got(put(room, "k" + i % 100, i));
        }
    }

    private void writeThree() {
        WebspaceRoom room = replica.desktop();
        got(put(room, "a", 1));
        got(put(room, "b", 2));
        got(put(room, "c", 3));
    }

    private WebspaceRoom restarted() {
        replica.close();
        replica = new Replicas(url, PgStore.holder("after"));
        return replica.desktop();
    }

    private SetAsideDesk desk() {
        return new SetAsideDesk(replica.rooms, replica.postgres.store().setAsides());
    }

    private SetAsideDesk.Restored restore(SetAside part) {
        return got(desk().restore(WebspaceId.DESKTOP, part.name())).orElseThrow();
    }

    private void run(String statement) {
        admin.pool().query(statement).executeAndAwait();
    }

    private static Map<?, ?> data(WebspaceRoom room) {
        return (Map<?, ?>) got(room.state()).document().getOrDefault("data", Map.of());
    }

    private static StateVector known(WebspaceRoom room) {
        Doc client = RoomFixture.read(answered(room, StateVector.EMPTY));
        return client.stateVector();
    }

    private static List<byte[]> answered(WebspaceRoom room, StateVector known) {
        FakeTransport socket = new FakeTransport();
        RoomMember member = acknowledging(socket);
        room.join(member);
        room.answerStep1(member, known);
        await().until(() -> socket.sent().stream().anyMatch(frame -> frame[0] == 65));
        return socket.sent().stream().filter(frame -> frame[0] != 65).toList();
    }
}
