package io.adaos.hub.operations.retention;

import static io.adaos.hub.operations.testing.OperationsBench.await;
import static io.adaos.hub.operations.testing.OperationsBench.command;
import static org.junit.jupiter.api.Assertions.assertEquals;

import io.adaos.hub.contracts.id.OperationId;
import io.adaos.hub.contracts.operation.Initiator;
import io.adaos.hub.operations.lifecycle.Change;
import io.adaos.hub.operations.lifecycle.machine.OperationEvent;
import io.adaos.hub.operations.notification.PgNotificationStore;
import io.adaos.hub.operations.testing.OperationsBench;
import io.vertx.mutiny.sqlclient.Tuple;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** More than a batch of ended operations, as a careless client would leave them. */
class RetentionJobTest {

    private static final int FLOOD = 3_500;

    private OperationsBench bench;

    @BeforeEach
    void flood() {
        bench = new OperationsBench();
        OperationId id = bench.admitted(command("skill.install", "flood", null, false));
        await(bench.store.apply(Change.of(
                id, new OperationEvent.CancelRequested(new Initiator("user", "anna")))));
    }

    @AfterEach
    void close() {
        bench.close();
    }

    @Test
    void oldOnesOfOneWebspace_allLeaveInOnePass() {
        // Given
        copies("'desktop'", "interval '2 days'");

        // When
        await(job(new RetentionPolicy(20, 40, Duration.ofHours(24), 50_000)).run());

        // Then: the one that was copied is young and stays besides
        assertEquals(List.of("21"), count("operation"));
        assertEquals(List.of("41"), count("notification"));
    }

    @Test
    void youngOnesOfWebspacesThatNeverWere_leaveByTheTotal() {
        // Given
        copies("'nowhere' || n", "interval '0'");

        // When
        await(job(new RetentionPolicy(20, 40, Duration.ofHours(24), 100)).run());

        // Then
        assertEquals(List.of("100"), count("operation"));
        assertEquals(List.of("100"), count("notification"));
    }

    private RetentionJob job(RetentionPolicy policy) {
        return new RetentionJob(bench.store,
                new PgNotificationStore(bench.transactions, bench.outbox,
                        Clock.systemUTC()), policy);
    }

    private List<String> count(String table) {
        return bench.strings("SELECT count(*) FROM " + table, Tuple.tuple());
    }

    /** As if the one operation had been ended so often before. */
    private void copies(String webspace, String age) {
        bench.strings("""
                INSERT INTO operation (operation_id, kind, target_kind, target_id, node_id,
                    webspace_id, join_digest, status, revision, state, command, correlation_id,
                    finished_at, deadline_millis, deadline_at, initiator, turn, place)
                SELECT operation_id || n, kind, target_kind, target_id, node_id, %s,
                    join_digest, status, revision, state, command, correlation_id,
                    finished_at - %s, deadline_millis, deadline_at, initiator, turn, place
                FROM operation, generate_series(1, %d) n RETURNING 1"""
                .formatted(webspace, age, FLOOD), Tuple.tuple());
        bench.strings("""
                INSERT INTO notification (id, webspace_id, operation_id, notification, created_at)
                SELECT id || n, %s, operation_id || n, notification, created_at - %s
                FROM notification, generate_series(1, %d) n RETURNING 1"""
                .formatted(webspace, age, FLOOD), Tuple.tuple());
    }
}
