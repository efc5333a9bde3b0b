package io.adaos.hub.operations.notification;

import static io.adaos.hub.operations.testing.OperationsBench.await;
import static io.adaos.hub.operations.testing.OperationsBench.command;
import static org.junit.jupiter.api.Assertions.assertEquals;

import io.adaos.hub.contracts.id.OperationId;
import io.adaos.hub.contracts.id.WebspaceId;
import io.adaos.hub.contracts.operation.Initiator;
import io.adaos.hub.operations.lifecycle.Change;
import io.adaos.hub.operations.lifecycle.machine.OperationEvent;
import io.adaos.hub.operations.testing.OperationsBench;
import io.vertx.mutiny.sqlclient.Tuple;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
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
        store = new PgNotificationStore(bench.transactions, bench.outbox);
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

    private List<String> newest(Optional<WebspaceId> webspace, int limit) {
        return await(store.newest(webspace, limit)).items().stream()
                .map(notification -> notification.operationId().value()).toList();
    }
}
