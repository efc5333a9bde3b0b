package io.adaos.hub.operations.work;

import static io.adaos.hub.operations.testing.OperationsBench.await;
import static io.adaos.hub.operations.testing.OperationsBench.command;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import io.adaos.hub.contracts.id.NodeId;
import io.adaos.hub.contracts.id.OperationId;
import io.adaos.hub.contracts.operation.Initiator;
import io.adaos.hub.contracts.operation.OperationKind;
import io.adaos.hub.operations.lifecycle.Change;
import io.adaos.hub.operations.lifecycle.machine.OperationEvent;
import io.adaos.hub.operations.testing.OperationsBench;
import io.vertx.mutiny.sqlclient.Tuple;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class PgWorkStoreTest {

    private static final NodeId NODE = new NodeId("kitchen");
    private static final NodeId OTHER = new NodeId("cellar");
    private static final List<String> KINDS = List.of("skill.test");
    private static final WorkLimits LONG =
            new WorkLimits(Duration.ofSeconds(60), Duration.ofSeconds(60), 2);
    private static final WorkLimits NONE = new WorkLimits(
            Duration.ofMillis(3), Duration.ofSeconds(60), 2);
    private static final WorkLimits IMPATIENT =
            new WorkLimits(Duration.ofMillis(3), Duration.ZERO, 2);

    private OperationsBench bench;
    private OperationId operation;

    @BeforeEach
    void open() {
        bench = new OperationsBench();
        operation = bench.admitted(command("skill.test", "thing", null, false));
        await(bench.store.apply(Change.of(operation, new OperationEvent.Started())));
    }

    @AfterEach
    void close() {
        bench.close();
    }

    @Test
    void orderedWork_isGivenToItsNodeOnce_andItsResultWakesTheOperation() {
        // Given
        PgWorkStore store = store(LONG);
        assertEquals(Optional.empty(), await(store.order(order("a", WorkTask.LINK))));
        assertEquals(Optional.empty(), await(store.order(order("a", WorkTask.LINK))));
        sleepUntilTold();

        // When
        Optional<WorkOffer> other = await(store.claim(OTHER, KINDS));
        Optional<WorkOffer> otherKind = await(store.claim(NODE, List.of("skill.update")));
        WorkOffer offer = await(store.claim(NODE, KINDS)).orElseThrow();
        Optional<WorkOffer> again = await(store.claim(NODE, KINDS));
        boolean ended = await(store.end(offer.lease(), NODE, success()));
        boolean repeated = await(store.end(offer.lease(), NODE, failure()));

        // Then
        assertEquals(List.of(true, true, true),
                List.of(other.isEmpty(), otherKind.isEmpty(), again.isEmpty()));
        assertEquals("link", offer.task());
        assertEquals("skill:thing", offer.target());
        assertEquals(List.of(true, true), List.of(ended, repeated));
        assertEquals(Optional.of(success()), await(store.order(order("a", WorkTask.LINK))));
        assertTrue(isDue());
    }

    @Test
    void leaseThatRanOut_isOfferedAgain_andTheFirstWorkerIsFenced() {
        // Given
        PgWorkStore store = store(NONE);
        await(store.order(order("a", WorkTask.LINK)));
        WorkOffer first = await(store.claim(NODE, KINDS)).orElseThrow();

        // When
        WorkOffer second = claimedAgain(store);

        // Then
        assertNotEquals(first.lease(), second.lease());
        assertEquals(first.workId(), second.workId());
        assertFalse(await(store.end(first.lease(), NODE, success())));
        assertEquals(Optional.empty(), await(store.beat(first.lease(), NODE)));
        assertFalse(await(store.release(first.lease(), NODE)));
        assertEquals(Optional.of(operation), await(store.operationOf(first.lease(), NODE)));
        assertEquals(Optional.empty(), await(store.operationOf(first.lease(), OTHER)));
        assertTrue(await(store.end(second.lease(), NODE, success())));
    }

    @Test
    void leaseOfAnotherNode_meansNothing() {
        // Given
        PgWorkStore store = store(LONG);
        await(store.order(order("a", WorkTask.LINK)));
        WorkOffer offer = await(store.claim(NODE, KINDS)).orElseThrow();

        // When
        boolean ended = await(store.end(offer.lease(), OTHER, success()));

        // Then
        assertFalse(ended);
        assertEquals(Optional.empty(), await(store.beat(offer.lease(), OTHER)));
        assertEquals(Optional.of(false), await(store.beat(offer.lease(), NODE)));
    }

    @Test
    void workLostTooOften_isGivenUp_andWakesTheOperation() {
        // Given
        PgWorkStore store = store(NONE);
        await(store.order(order("a", WorkTask.LINK)));
        await(store.claim(NODE, KINDS)).orElseThrow();
        WorkOffer last = claimedAgain(store);
        sleepUntilTold();

        // When
        int given = reaped(NONE);

        // Then
        assertEquals(1, given);
        assertEquals("worker_lost", errorOf(store));
        assertTrue(isDue());
        assertFalse(await(store.end(last.lease(), NODE, success())));
        assertEquals(Optional.of(operation), await(store.operationOf(last.lease(), NODE)));
        assertTrue(await(store.claim(NODE, KINDS)).isEmpty());
    }

    @Test
    void workNobodyTakes_failsAsUnreachable() {
        // Given
        PgWorkStore store = store(IMPATIENT);
        await(store.order(order("a", WorkTask.LINK)));
        await(store(LONG).order(order("b", WorkTask.COLLECT)));

        // When
        int given = reaped(IMPATIENT);

        // Then
        assertEquals(1, given);
        assertEquals("node_unreachable", errorOf(store));
    }

    @Test
    void cancelledOperation_stopsItsWorker_andOffersNothing() {
        // Given
        PgWorkStore store = store(LONG);
        await(store.order(order("a", WorkTask.LINK)));
        await(store.order(order("b", WorkTask.LINK)));
        WorkOffer offer = await(store.claim(NODE, KINDS)).orElseThrow();

        // When
        await(bench.store.apply(Change.of(operation,
                new OperationEvent.CancelRequested(new Initiator("user", "anna")))));

        // Then
        assertEquals(Optional.of(true), await(store.beat(offer.lease(), NODE)));
        assertTrue(await(store.claim(NODE, KINDS)).isEmpty());
        await(bench.store.apply(Change.of(operation, new OperationEvent.CancelCompleted())));
        assertEquals(Optional.of(true), await(store.beat(offer.lease(), NODE)));
        assertFalse(await(store.end(offer.lease(), NODE, success())));
    }

    @Test
    void workNobodyWaitsFor_isDoneAfterTheEndOfItsOperation() {
        // Given
        PgWorkStore store = store(LONG);
        await(bench.store.apply(Change.of(operation,
                new OperationEvent.Succeeded("Done", Map.of()))));
        await(store.order(order("a", WorkTask.LINK)));
        await(store.order(order("b", WorkTask.SETTLE)));

        // When
        WorkOffer offer = await(store.claim(NODE, KINDS)).orElseThrow();

        // Then
        assertEquals("settle", offer.task());
        assertEquals(Optional.of(false), await(store.beat(offer.lease(), NODE)));
        assertTrue(await(store.end(offer.lease(), NODE, success())));
        assertTrue(await(store.claim(NODE, KINDS)).isEmpty());
    }

    @Test
    void workGivenBack_isOfferedAgainAtOnce_andDoesNotCount() {
        // Given
        PgWorkStore store = store(LONG);
        await(store.order(order("a", WorkTask.LINK)));

        // When
        for (int i = 0; i < 5; i++) {
            WorkOffer offer = await(store.claim(NODE, KINDS)).orElseThrow();
            assertTrue(await(store.release(offer.lease(), NODE)));
        }

        // Then
        assertTrue(await(store.claim(NODE, KINDS)).isPresent());
    }

    @Test
    void workOnOneTarget_isGivenOutOneAfterTheOther() {
        // Given
        PgWorkStore store = store(LONG);
        await(store.order(order("a", WorkTask.COLLECT)));
        await(store.order(order("b", WorkTask.LINK)));
        WorkOffer first = await(store.claim(NODE, KINDS)).orElseThrow();

        // When
        Optional<WorkOffer> meanwhile = await(store.claim(NODE, KINDS));
        await(store.end(first.lease(), NODE, success()));

        // Then
        assertTrue(meanwhile.isEmpty());
        assertEquals("link", await(store.claim(NODE, KINDS)).orElseThrow().task());
    }

    private PgWorkStore store(WorkLimits limits) {
        return new PgWorkStore(bench.transactions, limits);
    }

    private int reaped(WorkLimits limits) {
        return await(new PgWorkReaper(bench.transactions, limits).reap());
    }

    private WorkOrder order(String key, WorkTask task) {
        return new WorkOrder(operation, key, NODE, new OperationKind("skill.test"), task,
                new WorkOrder.Subject("skill:thing", Map.of("name", "thing")),
                Optional.empty());
    }

    /** A lease of 3 ms runs out by itself. */
    private static WorkOffer claimedAgain(PgWorkStore store) {
        for (int i = 0; i < 1_000; i++) {
            Optional<WorkOffer> offer = await(store.claim(NODE, KINDS));
            if (offer.isPresent()) {
                return offer.get();
            }
            OperationsBench.sleep(10);
        }
        throw new AssertionError("never offered again");
    }

    private String errorOf(PgWorkStore store) {
        WorkOutcome outcome = await(store.order(order("a", WorkTask.LINK))).orElseThrow();
        return ((WorkOutcome.Failed) outcome).error().type();
    }

    /** As a parked run would leave it; the lease of 3 ms has run out by then. */
    private void sleepUntilTold() {
        bench.strings("""
                UPDATE operation SET next_run_at = now() + interval '1 hour'
                WHERE operation_id = $1 RETURNING operation_id""", Tuple.of(operation.value()));
        OperationsBench.sleep(20);
    }

    private boolean isDue() {
        return bench.strings("SELECT next_run_at <= now() FROM operation WHERE operation_id = $1",
                Tuple.of(operation.value())).equals(List.of("true"));
    }

    private static WorkOutcome success() {
        return new WorkOutcome.Succeeded(JsonNodeFactory.instance.objectNode());
    }

    private static WorkOutcome failure() {
        return new WorkOutcome.Failed(WorkRefusals.unreachable("kitchen", 1));
    }
}
