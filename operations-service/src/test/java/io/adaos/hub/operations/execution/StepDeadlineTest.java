package io.adaos.hub.operations.execution;

import static io.adaos.hub.operations.testing.OperationsBench.command;
import static io.adaos.hub.operations.testing.OperationsBench.until;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.adaos.hub.contracts.id.OperationId;
import io.adaos.hub.contracts.operation.OperationError;
import io.adaos.hub.contracts.operation.OperationState;
import io.adaos.hub.contracts.operation.OperationStatus;
import io.adaos.hub.operations.testing.OperationsBench;
import io.adaos.hub.operations.testing.ScriptedHandler;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Steps that take too long, threads that do not listen, and what is taken back afterwards. */
class StepDeadlineTest {

    private static final Duration LONG = Duration.ofSeconds(30);
    private static final OperationProgress.Step BRIEF = new BriefStep(700);

    private final ScriptedHandler handler =
            new ScriptedHandler("skill.test", ScriptedHandler::succeed);
    private final CountDownLatch released = new CountDownLatch(1);
    private OperationsBench bench;

    @BeforeEach
    void open() {
        bench = new OperationsBench();
    }

    @AfterEach
    void close() {
        released.countDown();
        bench.close();
    }

    @Test
    void stepThatTakesTooLong_isStoppedAndTriedAgain() {
        // Given
        handler.script(progress -> {
            progress.step(BRIEF, 30, "Working");
            while (handler.runs.get() == 1) {
                OperationsBench.sleep(10);
                progress.token().check();
            }
            ScriptedHandler.succeed(progress);
        });
        OperationId id = bench.admitted(command("skill.test", "t", null, false));

        // When
        bench.runner(List.of(handler), LONG).start();

        // Then
        assertEquals(OperationStatus.SUCCEEDED, bench.ended(id).status());
        assertEquals(2, handler.runs.get());
    }

    @Test
    void stepThatAlwaysTakesTooLong_failsTyped_andIsTakenBack() {
        // Given: no second try would have its time before the deadline
        OperationProgress.Step step = new BriefStep(3_000);
        handler.script(progress -> {
            progress.step(step, 30, "Working");
            while (true) {
                OperationsBench.sleep(10);
                progress.token().check();
            }
        });
        OperationId id = bench.briefly("skill.test", "t", Duration.ofMillis(5_500));

        // When
        bench.runner(List.of(handler), LONG).start();
        OperationState ended = bench.ended(id);

        // Then
        assertEquals("step_deadline_exceeded", ended.error().type());
        assertTrue(ended.error().retryable());
        assertEquals(1, handler.takenBack.get());
    }

    @Test
    void threadsThatDoNotListen_blockNobody_andSayNothingAnyMore() throws Exception {
        // Given: as many as there are slots
        CountDownLatch fenced = new CountDownLatch(2);
        handler.script(progress -> {
            if (progress.operation().state().targetId().startsWith("deaf")) {
                progress.step(BRIEF, 30, "Working");
                deafly();
                try {
                    ScriptedHandler.succeed(progress);
                } catch (StoppedException e) {
                    fenced.countDown();
                    throw e;
                }
            }
            ScriptedHandler.succeed(progress);
        });
        OperationId one = bench.briefly("skill.test", "deaf1", Duration.ofSeconds(5));
        OperationId two = bench.briefly("skill.test", "deaf2", Duration.ofSeconds(5));
        OperationRunner runner = bench.runner(List.of(handler), LONG);
        runner.start();
        until(() -> runner.stuckCount() >= 2);

        // When
        OperationId other = bench.admitted(command("skill.test", "other", null, false));
        OperationState meanwhile = bench.ended(other);
        OperationStatus first = bench.ended(one).status();
        OperationStatus second = bench.ended(two).status();
        released.countDown();

        // Then
        assertEquals(OperationStatus.SUCCEEDED, meanwhile.status());
        assertEquals(List.of(OperationStatus.FAILED, OperationStatus.FAILED),
                List.of(first, second));
        assertTrue(fenced.await(30, TimeUnit.SECONDS));
        until(() -> runner.stuckCount() == 0);
    }

    @Test
    void takeBackThatFails_isRepeatedUntilItWorks() {
        // Given
        AtomicInteger tries = new AtomicInteger();
        handler.script(progress -> {
            throw new HandlerFailure(new OperationError("broken", "It broke", null, false));
        });
        handler.onTakeBack(() -> {
            if (tries.incrementAndGet() == 1) {
                throw new IllegalStateException("not yet");
            }
        });
        OperationId id = bench.admitted(command("skill.test", "t", null, false));

        // When
        bench.runner(List.of(handler), LONG).start();

        // Then
        assertEquals("broken", bench.ended(id).error().type());
        until(() -> tries.get() == 2);
    }

    /** Neither the token nor an interrupt is heard. */
    private void deafly() {
        boolean released = false;
        while (!released) {
            try {
                released = this.released.await(1, TimeUnit.SECONDS);
            } catch (InterruptedException e) {
                // this is what it means to be deaf
                Thread.interrupted();
            }
        }
    }

    /** A step that one run may be at for so many milliseconds. */
    private record BriefStep(long millis) implements OperationProgress.Step {
        @Override
        public String wire() {
            return "work";
        }

        @Override
        public int percent() {
            return 30;
        }

        @Override
        public boolean canCancel() {
            return true;
        }

        @Override
        public Duration deadline() {
            return Duration.ofMillis(millis);
        }
    }
}
