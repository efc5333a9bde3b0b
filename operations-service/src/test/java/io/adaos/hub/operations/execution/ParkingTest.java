package io.adaos.hub.operations.execution;

import static io.adaos.hub.operations.testing.OperationsBench.await;
import static io.adaos.hub.operations.testing.OperationsBench.command;
import static io.adaos.hub.operations.testing.OperationsBench.until;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.adaos.hub.contracts.error.HubErrorCode;
import io.adaos.hub.contracts.id.OperationId;
import io.adaos.hub.contracts.operation.Initiator;
import io.adaos.hub.contracts.operation.OperationInput;
import io.adaos.hub.contracts.operation.OperationState;
import io.adaos.hub.contracts.operation.OperationStatus;
import io.adaos.hub.operations.lifecycle.Applied;
import io.adaos.hub.operations.lifecycle.Change;
import io.adaos.hub.operations.lifecycle.PgOutcomeStep;
import io.adaos.hub.operations.lifecycle.machine.OperationCommand;
import io.adaos.hub.operations.lifecycle.machine.OperationEvent;
import io.adaos.hub.operations.lifecycle.store.PgWakes;
import io.adaos.hub.operations.testing.OperationsBench;
import io.adaos.hub.operations.testing.ScriptedHandler;
import io.vertx.mutiny.sqlclient.Tuple;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What waits holds no thread, and misses nothing that happens meanwhile. */
class ParkingTest {

    private static final Duration LONG = Duration.ofSeconds(30);
    private static final Duration SHORT = Duration.ofSeconds(1);
    private static final Initiator ANNA = new Initiator("user", "anna");
    private static final ScriptedHandler.PlainStep WORK =
            new ScriptedHandler.PlainStep("work", 30, true);
    private static final InputRequest WHICH = new InputRequest("which", "Which?",
            List.of(new OperationInput.Choice("keep", "Keep"),
                    new OperationInput.Choice("drop", "Drop")), Duration.ofMinutes(1), null);

    private final ScriptedHandler handler =
            new ScriptedHandler("skill.test", ScriptedHandler::succeed);
    private final ScriptedHandler child =
            new ScriptedHandler("scenario.test", ScriptedHandler::succeed);
    private OperationsBench bench;

    @BeforeEach
    void open() {
        bench = new OperationsBench();
    }

    @AfterEach
    void close() {
        bench.close();
    }

    @Test
    void parked_holdsNoSlot_andGoesOnWhenWoken() {
        // Given: more of them than slots
        AtomicBoolean there = new AtomicBoolean();
        handler.script(progress -> {
            if (!there.get()) {
                throw progress.park("Waiting for it");
            }
            ScriptedHandler.succeed(progress);
        });
        List<OperationId> ids = List.of("a", "b", "c", "d", "e").stream()
                .map(name -> bench.admitted(command("skill.test", name, null, false))).toList();
        bench.runner(List.of(handler, child), LONG).start();
        ids.forEach(id -> until(() -> bench.state(id).message().equals("Waiting for it")));

        // When
        OperationId other = bench.admitted(command("scenario.test", "other", null, false));
        OperationState meanwhile = bench.ended(other);
        there.set(true);
        ids.forEach(this::wake);

        // Then
        assertEquals(OperationStatus.SUCCEEDED, meanwhile.status());
        ids.forEach(id -> assertEquals(OperationStatus.SUCCEEDED, bench.ended(id).status()));
        assertEquals(10, handler.runs.get());
    }

    @Test
    void wakeBeforeThePark_isNotMissed() {
        // Given: what it waits for comes between its look and its word
        AtomicBoolean there = new AtomicBoolean();
        handler.script(progress -> {
            if (!there.get()) {
                there.set(true);
                wake(progress.operation().state().operationId());
                throw progress.park("Waiting for it");
            }
            ScriptedHandler.succeed(progress);
        });
        OperationId id = bench.admitted(command("skill.test", "t", null, false));

        // When
        bench.runner(List.of(handler), LONG).start();

        // Then
        assertEquals(OperationStatus.SUCCEEDED, bench.ended(id).status());
    }

    @Test
    void parkedManyTimes_isNotBrokenOff() {
        // Given: oftener than runs may be broken off
        handler.script(progress -> {
            if (handler.runs.get() <= 12) {
                wake(progress.operation().state().operationId());
                throw progress.park("Waiting, " + handler.runs.get());
            }
            ScriptedHandler.succeed(progress);
        });
        OperationId id = bench.admitted(command("skill.test", "t", null, false));

        // When
        bench.runner(List.of(handler), LONG).start();

        // Then
        assertEquals(OperationStatus.SUCCEEDED, bench.ended(id).status());
    }

    @Test
    void parkedForGood_endsAtItsDeadline_andIsTakenBack() {
        // Given
        handler.script(progress -> {
            throw progress.park("Waiting for it");
        });
        OperationId id = bench.briefly("skill.test", "t", Duration.ofSeconds(2));

        // When
        bench.runner(List.of(handler), LONG).start();

        // Then
        assertEquals("deadline_exceeded", bench.ended(id).error().type());
        until(() -> handler.takenBack.get() == 1);
    }

    @Test
    void cancelWhileParked_isTakenBackAtOnce() {
        // Given
        handler.script(progress -> {
            progress.step(WORK, 30, "Working");
            throw progress.park("Waiting for it");
        });
        OperationId id = bench.admitted(command("skill.test", "t", null, false));
        bench.runner(List.of(handler), LONG).start();
        until(() -> bench.state(id).message().equals("Waiting for it"));

        // When
        await(bench.store.apply(Change.of(id, new OperationEvent.CancelRequested(ANNA))));

        // Then
        assertEquals(OperationStatus.CANCELLED, bench.ended(id).status());
        assertEquals(1, handler.takenBack.get());
    }

    @Test
    void question_isAnsweredOnce_andOnlyWithAChoice() {
        // Given
        asksAndTells();
        OperationId id = asking();

        // When
        Applied other = await(bench.store.apply(
                Change.of(id, new OperationEvent.InputGiven("other", ANNA))));
        Applied drop = await(bench.store.apply(
                Change.of(id, new OperationEvent.InputGiven("drop", ANNA))));
        Applied late = await(bench.store.apply(
                Change.of(id, new OperationEvent.InputGiven("keep", ANNA))));
        OperationState ended = bench.ended(id);

        // Then
        assertEquals(HubErrorCode.REQUEST_INVALID, ((Applied.Refused) other).why().code());
        assertTrue(drop instanceof Applied.Done);
        assertTrue(late instanceof Applied.Refused);
        assertEquals(Map.of("value", "drop", "by", "user:anna"), ended.result());
        assertNull(ended.input());
    }

    @Test
    void questionNobodyAnswers_fails_orTakesItsFallback() {
        // Given
        InputRequest soon = new InputRequest("which", "Which?", WHICH.choices(),
                Duration.ofMillis(300), null);
        handler.script(progress -> progress.succeed("Done",
                progress.input(progress.operation().state().targetId().equals("fails") ? soon
                        : new InputRequest("which", "Which?", WHICH.choices(),
                                Duration.ofMillis(300), "keep")), PgOutcomeStep.NONE));
        OperationId fails = bench.admitted(command("skill.test", "fails", null, false));
        OperationId keeps = bench.admitted(command("skill.test", "keeps", null, false));

        // When
        bench.runner(List.of(handler), LONG).start();

        // Then
        assertEquals("input_expired", bench.ended(fails).error().type());
        assertEquals(Map.of("value", "keep", "by", "nobody"), bench.ended(keeps).result());
        until(() -> handler.takenBack.get() == 1);
    }

    @Test
    void cancelOfAQuestion_isTakenBack() {
        // Given
        asksAndTells();
        OperationId id = asking();

        // When
        await(bench.store.apply(Change.of(id, new OperationEvent.CancelRequested(ANNA))));

        // Then
        assertEquals(OperationStatus.CANCELLED, bench.ended(id).status());
        assertEquals(1, handler.takenBack.get());
    }

    @Test
    void children_areStartedOnce_andTheirEndsGoOnWithTheParent() {
        // Given
        handler.script(progress -> {
            List<OperationState> ends = progress.children(List.of(
                    needed("one", "1.0.0"), needed("two", null)));
            progress.succeed("Done", Map.of("ends", ends.stream()
                    .map(end -> end.targetId() + ' ' + end.status().wire()).toList()),
                    PgOutcomeStep.NONE);
        });
        OperationId id = bench.admitted(command("skill.test", "t", null, false));

        // When
        bench.runner(List.of(handler, child), LONG).start();
        OperationState ended = bench.ended(id);

        // Then
        assertEquals(List.of("one succeeded", "two succeeded"), ended.result().get("ends"));
        assertEquals(2, child.runs.get());
        assertEquals(List.of(id.value(), id.value()), bench.strings("""
                SELECT state::json ->> 'parent_id' FROM operation WHERE kind = 'scenario.test'""",
                Tuple.tuple()));
    }

    @Test
    void childThatIsUnderWay_isJoined_andNotCancelledWithTheParent() {
        // Given
        CountDownLatch go = new CountDownLatch(1);
        child.script(progress -> {
            OperationsBench.waitFor(go);
            ScriptedHandler.succeed(progress);
        });
        handler.script(progress -> {
            progress.children(List.of(needed("one", null)));
            ScriptedHandler.succeed(progress);
        });
        OperationId joined = bench.admitted(command("scenario.test", "one", null, false));
        OperationId id = bench.admitted(command("skill.test", "t", null, false));
        bench.runner(List.of(handler, child), LONG).start();
        until(() -> bench.state(id).message().startsWith("Waiting for 1 operation"));

        // When
        await(bench.store.apply(Change.of(id, new OperationEvent.CancelRequested(ANNA))));
        OperationState parent = bench.ended(id);
        go.countDown();

        // Then
        assertEquals(OperationStatus.CANCELLED, parent.status());
        assertEquals(OperationStatus.SUCCEEDED, bench.ended(joined).status());
    }

    @Test
    void cancelOfTheParent_cancelsWhatItHasStarted() {
        // Given
        child.script(progress -> {
            throw progress.park("Waiting for it");
        });
        handler.script(progress -> {
            progress.children(List.of(needed("one", null), needed("two", null)));
            ScriptedHandler.succeed(progress);
        });
        OperationId id = bench.admitted(command("skill.test", "t", null, false));
        bench.runner(List.of(handler, child), LONG).start();
        until(() -> bench.state(id).message().startsWith("Waiting for 2 operations"));

        // When
        await(bench.store.apply(Change.of(id, new OperationEvent.CancelRequested(ANNA))));

        // Then: the children have ended before their parent
        assertEquals(OperationStatus.CANCELLED, bench.ended(id).status());
        assertEquals(List.of("cancelled", "cancelled"), bench.strings(
                "SELECT status FROM operation WHERE kind = 'scenario.test'", Tuple.tuple()));
        assertEquals(2, child.takenBack.get());
    }

    @Test
    void failureOfTheParent_cancelsWhatItLeavesBehind() {
        // Given
        child.script(progress -> {
            throw progress.park("Waiting for it");
        });
        handler.script(progress -> progress.children(List.of(needed("one", null))));
        OperationId id = bench.briefly("skill.test", "t", Duration.ofSeconds(3));

        // When
        bench.runner(List.of(handler, child), LONG).start();

        // Then
        assertEquals(OperationStatus.FAILED, bench.ended(id).status());
        until(() -> bench.strings("SELECT status FROM operation WHERE kind = 'scenario.test'",
                Tuple.tuple()).equals(List.of("cancelled")));
    }

    /** One operation for each word before or after which its process ends. */
    @Test
    void crashAtAnyWord_ofARunThatWaitsForEverything_endsWhereItShould() {
        // Given
        Map<String, AtomicInteger> words = new ConcurrentHashMap<>();
        handler.script(progress -> {
            String name = progress.operation().state().targetId();
            Runnable word = () -> {
                int said = words.computeIfAbsent(name, key -> new AtomicInteger())
                        .incrementAndGet();
                if (said == Integer.parseInt(name.substring(1))) {
                    throw new Crash();
                }
            };
            word.run();
            progress.step(WORK, 30, "Working");
            word.run();
            Map<String, Object> answer = progress.input(WHICH);
            word.run();
            List<OperationState> ends = progress.children(List.of(needed("for-" + name, null)));
            word.run();
            progress.succeed("Done", Map.of("value", answer.get("value"),
                    "end", ends.get(0).status().wire()), PgOutcomeStep.NONE);
            word.run();
        });
        List<OperationId> ids = IntStream.rangeClosed(1, 10)
                .mapToObj(i -> bench.admitted(command("skill.test", "t" + i, null, false)))
                .toList();
        bench.runner(List.of(handler, child), SHORT).start();

        // When
        for (OperationId id : ids) {
            until(() -> bench.state(id).status() == OperationStatus.WAITING_INPUT);
            await(bench.store.apply(Change.of(id, new OperationEvent.InputGiven("keep", ANNA))));
        }

        // Then
        ids.forEach(id -> assertEquals(
                Map.of("value", "keep", "end", "succeeded"), bench.ended(id).result()));
        assertEquals(List.of("10"), bench.strings(
                "SELECT count(*) FROM operation WHERE kind = 'scenario.test'", Tuple.tuple()));
    }

    private void asksAndTells() {
        handler.script(progress ->
                progress.succeed("Done", progress.input(WHICH), PgOutcomeStep.NONE));
    }

    private OperationId asking() {
        OperationId id = bench.admitted(command("skill.test", "t", null, false));
        bench.runner(List.of(handler), LONG).start();
        until(() -> bench.state(id).status() == OperationStatus.WAITING_INPUT);
        return id;
    }

    private void wake(OperationId id) {
        await(bench.transactions.write(tx -> PgWakes.wake(tx, id)));
    }

    private static OperationCommand needed(String id, String version) {
        return command("scenario.test", id, version, false);
    }

    /** Stands for the end of the process: nothing after it happens. */
    private static final class Crash extends Error {
        private static final long serialVersionUID = 1L;
    }
}
