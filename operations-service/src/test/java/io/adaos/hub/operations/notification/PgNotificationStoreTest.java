package io.adaos.hub.operations.notification;

import static io.adaos.hub.operations.testing.OperationsBench.await;
import static io.adaos.hub.operations.testing.OperationsBench.command;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;

import io.adaos.hub.contracts.id.OperationId;
import io.adaos.hub.contracts.id.WebspaceId;
import io.adaos.hub.contracts.notification.OperationNotification;
import io.adaos.hub.contracts.operation.Initiator;
import io.adaos.hub.operations.lifecycle.Change;
import io.adaos.hub.operations.lifecycle.machine.OperationEvent;
import io.adaos.hub.operations.testing.OperationsBench;
import io.vertx.mutiny.sqlclient.Tuple;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class PgNotificationStoreTest {

    private static final WebspaceId OTHER = new WebspaceId("other");

    private final List<String> operations = new ArrayList<>();
    private OperationsBench bench;
    private PgNotificationStore store;

    /** Five, of which the second and the fourth are of another webspace. */
    @BeforeEach
    void open() {
        bench = new OperationsBench();
        store = new PgNotificationStore(bench.transactions, bench.outbox, Clock.systemUTC());
        for (int i = 0; i < 5; i++) {
            OperationId id = bench.admitted(command("skill.install", "n" + i, null, false));
            await(bench.store.apply(Change.of(
                    id, new OperationEvent.CancelRequested(new Initiator("user", "anna")))));
            operations.add(id.value());
        }
        for (int i = 1; i < 5; i += 2) {
            bench.strings("UPDATE notification SET webspace_id = 'other' WHERE operation_id = $1 "
                    + "RETURNING 1", Tuple.of(operations.get(i)));
        }
    }

    @AfterEach
    void close() {
        bench.close();
    }

    @Test
    void newest_ofAllWebspaces_areTheLastOnes_oldestFirst() {
        // Given
        int limit = 3;

        // When
        List<String> newest = newest(Optional.empty(), limit);

        // Then
        assertEquals(operations.subList(2, 5), newest);
    }

    @Test
    void newest_ofOneWebspace_leavesOutOthers() {
        // Given
        List<String> expected = List.of(operations.get(1), operations.get(3));

        // When
        List<String> newest = newest(Optional.of(OTHER), 500);

        // Then
        assertEquals(expected, newest);
        assertEquals(expected.subList(1, 2), newest(Optional.of(OTHER), 1));
    }

    @Test
    void read_marksOnce_andTellsOnce() {
        // Given
        String id = "notif:" + operations.get(0) + ":warning";

        // When
        OperationNotification first = await(store.read(id, "c")).orElseThrow();
        OperationNotification again = await(store.read(id, "c")).orElseThrow();

        // Then
        assertNotNull(first.readAt());
        assertEquals(first, again);
        assertEquals(Optional.empty(), await(store.read("notif:none", "c")));
        assertEquals(List.of("false", "true"), readFacts(id));
        assertEquals(first, await(store.newest(Optional.empty(), 500)).items().get(0));
    }

    @Test
    void readThrough_marksOlderOnesOfTheSameWebspace() {
        // Given
        String third = "notif:" + operations.get(2) + ":warning";

        // When
        OptionalInt read = await(store.readThrough(third, "c"));
        OptionalInt again = await(store.readThrough(third, "c"));

        // Then
        assertEquals(OptionalInt.of(2), read);
        assertEquals(OptionalInt.of(0), again);
        assertEquals(OptionalInt.empty(), await(store.readThrough("notif:none", "c")));
        assertEquals(List.of(true, false, true, false, false),
                await(store.newest(Optional.empty(), 500)).items().stream()
                        .map(notification -> notification.readAt() != null).toList());
    }

    /** Of each fact about a notification, whether it says that it was read. */
    private List<String> readFacts(String id) {
        return bench.strings("SELECT payload::json ->> 'read_at' IS NOT NULL FROM outbox "
                + "WHERE key = $1 ORDER BY id", Tuple.of(id));
    }

    private List<String> newest(Optional<WebspaceId> webspace, int limit) {
        return await(store.newest(webspace, limit)).items().stream()
                .map(notification -> notification.operationId().value()).toList();
    }
}
