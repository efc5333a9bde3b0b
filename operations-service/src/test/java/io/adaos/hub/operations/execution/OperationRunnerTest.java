package io.adaos.hub.operations.execution;

import static io.adaos.hub.operations.testing.OperationsBench.await;
import static io.adaos.hub.operations.testing.OperationsBench.command;
import static io.adaos.hub.operations.testing.OperationsBench.sleep;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.adaos.hub.contracts.id.OperationId;
import io.adaos.hub.contracts.operation.Initiator;
import io.adaos.hub.contracts.operation.OperationError;
import io.adaos.hub.contracts.operation.OperationState;
import io.adaos.hub.contracts.operation.OperationStatus;
import io.adaos.hub.operations.lifecycle.Admission;
import io.adaos.hub.operations.lifecycle.Change;
import io.adaos.hub.operations.lifecycle.machine.OperationEvent;
import io.adaos.hub.operations.testing.OperationsBench;
import io.adaos.hub.operations.testing.ScriptedHandler;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class OperationRunnerTest {

    private static final Duration LONG = Duration.ofSeconds(30);
    private static final Duration SHORT = Duration.ofSeconds(1);
    private static final ScriptedHandler.PlainStep WORK =
            new ScriptedHandler.PlainStep("work", 30, true);

    private final ScriptedHandler handler =
            new ScriptedHandler("skill.test", ScriptedHandler::succeed);
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
    void manyOperations_allSucceedOnce_neverMoreAtATimeThanAllowed() {
        // Given
        AtomicInteger now = new AtomicInteger();
        AtomicInteger most = new AtomicInteger();
        handler.script(progress -> {
            most.accumulateAndGet(now.incrementAndGet(), Math::max);
            progress.step(WORK, 30, "Working");
            now.decrementAndGet();
            ScriptedHandler.succeed(progress);
        });
        List<OperationId> ids = new ArrayList<>();
        for (int i = 0; i < 30; i++) {
            ids.add(bench.admitted(command("skill.test", "t" + i, null, false)));
        }

        // When
        bench.runner(List.of(handler), LONG).start();

        // Then
        ids.forEach(id -> assertEquals(OperationStatus.SUCCEEDED, bench.ended(id).status()));
        assertEquals(30, handler.runs.get());
        assertTrue(most.get() <= 2, "at a time: " + most);
    }

    @Test
    void brokenOffRun_isTakenUpAgainAfterItsLease() {
        // Given
        handler.script(progress -> {
            progress.step(WORK, 30, "Working");
            if (handler.runs.get() == 1) {
                throw new Crash();
            }
            ScriptedHandler.succeed(progress);
        });
        OperationId id = bench.admitted(command("skill.test", "t", null, false));

        // When
        bench.runner(List.of(handler), SHORT).start();

        // Then
        assertEquals(OperationStatus.SUCCEEDED, bench.ended(id).status());
        assertEquals(2, handler.runs.get());
    }

    @Test
    void runThatAlwaysBreaks_endsRecoverable_andIsTakenBack() {
        // Given
        handler.script(progress -> {
            throw new Crash();
        });
        OperationId id = bench.admitted(command("skill.test", "t", null, false));

        // When
        bench.runner(List.of(handler), SHORT).start();

        // Then
        OperationState ended = bench.ended(id);
        assertEquals(OperationStatus.RECOVERABLE, ended.status());
        assertEquals("operation_interrupted", ended.error().type());
        assertTrue(ended.canRetry());
        assertEquals(5, handler.runs.get());
        assertEquals(1, handler.takenBack.get());
    }

    @Test
    void awayForAWhile_isTriedAgainUntilItIsBack() {
        // Given
        OperationError away = new OperationError("away", "It is away", null, true);
        handler.script(progress -> {
            if (handler.runs.get() < 4) {
                throw new TransientFailure(away);
            }
            ScriptedHandler.succeed(progress);
        });
        OperationId id = bench.admitted(command("skill.test", "t", null, false));

        // When
        bench.runner(List.of(handler), LONG).start();

        // Then
        assertEquals(OperationStatus.SUCCEEDED, bench.ended(id).status());
        assertEquals(4, handler.runs.get());
    }

    @Test
    void awayForGood_failsBeforeTheDeadlineWithItsReason() {
        // Given
        OperationError away = new OperationError("away", "It is away", null, true);
        handler.script(progress -> {
            throw new TransientFailure(away);
        });
        OperationId id = ((Admission.Admitted) bench.accept(
                command("skill.test", "t", null, false), Optional.empty(),
                Duration.ofSeconds(4))).operation().operationId();

        // When
        bench.runner(List.of(handler), LONG).start();

        // Then
        OperationState ended = bench.ended(id);
        assertEquals(OperationStatus.FAILED, ended.status());
        assertEquals(away, ended.error());
    }

    @Test
    void runThatHangs_endsAtItsDeadline_andCanSayNothingAfterwards() throws Exception {
        // Given
        CountDownLatch hang = new CountDownLatch(1);
        CountDownLatch refused = new CountDownLatch(1);
        handler.script(progress -> {
            waitFor(hang);
            try {
                ScriptedHandler.succeed(progress);
            } catch (StoppedException e) {
                refused.countDown();
                throw e;
            }
        });
        OperationId id = ((Admission.Admitted) bench.accept(
                command("skill.test", "t", null, false), Optional.empty(),
                Duration.ofSeconds(2))).operation().operationId();

        // When
        bench.runner(List.of(handler), LONG).start();
        OperationsBench.until(() -> handler.runs.get() == 1);
        OperationState ended = bench.ended(id);
        hang.countDown();

        // Then
        assertEquals("deadline_exceeded", ended.error().type());
        assertTrue(refused.await(30, TimeUnit.SECONDS));
        assertEquals(ended, bench.state(id));
        OperationsBench.until(() -> handler.takenBack.get() == 1);
    }

    @Test
    void queuedBehindAHangingOne_getsItsTurnAtTheDeadline() {
        // Given
        CountDownLatch hang = new CountDownLatch(1);
        handler.script(progress -> {
            if (progress.operation().command().version().equals("1.0.0")) {
                waitFor(hang);
            }
            ScriptedHandler.succeed(progress);
        });
        bench.accept(command("skill.test", "t", "1.0.0", false), Optional.empty(),
                Duration.ofMillis(500));
        OperationId second = bench.admitted(command("skill.test", "t", "2.0.0", true));

        // When
        bench.runner(List.of(handler), LONG).start();
        OperationState ended = bench.ended(second);
        hang.countDown();

        // Then
        assertEquals(OperationStatus.SUCCEEDED, ended.status());
    }

    @Test
    void cancelWhileRunning_stopsAtTheNextStepAndTakesBack() {
        // Given
        CountDownLatch running = new CountDownLatch(1);
        handler.script(progress -> {
            progress.step(WORK, 30, "Working");
            running.countDown();
            for (int i = 0; i < 500; i++) {
                sleep(10);
                progress.token().check();
            }
        });
        OperationId id = bench.admitted(command("skill.test", "t", null, false));
        bench.runner(List.of(handler), SHORT).start();
        waitFor(running);

        // When
        await(bench.store.apply(Change.of(id,
                new OperationEvent.CancelRequested(new Initiator("user", "anna")))));

        // Then: the heartbeat tells, even when another process took the cancel
        OperationState ended = bench.ended(id);
        assertEquals(OperationStatus.CANCELLED, ended.status());
        assertEquals(1, handler.takenBack.get());
    }

    @Test
    void cancelJustBeforeAPostponement_endsCancelledAtOnce() {
        // Given
        handler.script(progress -> {
            await(bench.store.apply(Change.of(progress.operation().state().operationId(),
                    new OperationEvent.CancelRequested(new Initiator("user", "anna")))));
            throw new TransientFailure(new OperationError("away", "It is away", null, true));
        });
        OperationId id = bench.admitted(command("skill.test", "t", null, false));

        // When: the lease would last 30 s, the test waits 20 s
        bench.runner(List.of(handler), LONG).start();

        // Then
        assertEquals(OperationStatus.CANCELLED, bench.ended(id).status());
        assertEquals(1, handler.takenBack.get());
        assertEquals(1, handler.runs.get());
    }

    @Test
    void errorInTheReaper_doesNotEndIt() {
        // Given
        CountDownLatch hang = new CountDownLatch(1);
        handler.script(progress -> waitFor(hang));
        handler.onTakeBack(() -> {
            throw new Crash();
        });
        bench.runner(List.of(handler), LONG).start();
        OperationId first = briefly("first");
        bench.ended(first);

        // When
        OperationId second = briefly("second");
        OperationState ended = bench.ended(second);
        hang.countDown();

        // Then
        assertEquals("deadline_exceeded", ended.error().type());
        OperationsBench.until(() -> handler.takenBack.get() >= 2);
    }

    @Test
    void kindThatCannotBePrepared_waits_andOthersRunMeanwhile() {
        // Given
        AtomicBoolean broken = new AtomicBoolean(true);
        handler.onPrepare(() -> {
            if (broken.get()) {
                throw new IllegalStateException("broken");
            }
        });
        ScriptedHandler other = new ScriptedHandler("scenario.test", ScriptedHandler::succeed);
        OperationId waiting = bench.admitted(command("skill.test", "t", null, false));
        OperationId running = bench.admitted(command("scenario.test", "t", null, false));
        bench.runner(List.of(handler, other), LONG).start();

        // When
        OperationState meanwhile = bench.ended(running);
        OperationStatus before = bench.state(waiting).status();
        broken.set(false);

        // Then
        assertEquals(OperationStatus.SUCCEEDED, meanwhile.status());
        assertEquals(OperationStatus.ACCEPTED, before);
        assertEquals(OperationStatus.SUCCEEDED, bench.ended(waiting).status());
    }

    @Test
    void stoppedRunner_handsItsWorkOverAtOnce() {
        // Given
        CountDownLatch running = new CountDownLatch(1);
        handler.script(progress -> {
            progress.step(WORK, 30, "Working");
            running.countDown();
            for (int i = 0; i < 500 && handler.runs.get() == 1; i++) {
                sleep(10);
                progress.token().check();
            }
            ScriptedHandler.succeed(progress);
        });
        OperationId id = bench.admitted(command("skill.test", "t", null, false));
        OperationRunner first = bench.runner(List.of(handler), LONG);
        first.start();
        waitFor(running);

        // When: the lease would last 30 s, the test waits 20 s
        first.stop();
        bench.runner(List.of(handler), LONG).start();

        // Then
        assertEquals(OperationStatus.SUCCEEDED, bench.ended(id).status());
        assertEquals(2, handler.runs.get());
    }

    @Test
    void handlerThatForgetsTheOutcome_failsTheOperation() {
        // Given
        handler.script(progress -> progress.step(WORK, 30, "Working"));
        OperationId id = bench.admitted(command("skill.test", "t", null, false));

        // When
        bench.runner(List.of(handler), LONG).start();

        // Then
        assertEquals("operation_abandoned", bench.ended(id).error().type());
    }

    @Test
    void kindWithoutAHandler_failsTyped() {
        // Given
        OperationId id = bench.admitted(command("skill.unknown", "t", null, false));

        // When
        bench.runner(List.of(handler), LONG).start();

        // Then
        assertEquals("operation_kind_unknown", bench.ended(id).error().type());
    }

    private OperationId briefly(String target) {
        return ((Admission.Admitted) bench.accept(command("skill.test", target, null, false),
                Optional.empty(), Duration.ofSeconds(1))).operation().operationId();
    }

    private static void waitFor(CountDownLatch latch) {
        try {
            assertTrue(latch.await(30, TimeUnit.SECONDS));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /** Stands for the end of the process: nothing after it happens. */
    private static final class Crash extends Error {
        private static final long serialVersionUID = 1L;
    }
}
