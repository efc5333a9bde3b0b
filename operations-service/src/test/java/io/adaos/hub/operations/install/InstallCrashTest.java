package io.adaos.hub.operations.install;

import static io.adaos.hub.operations.testing.OperationsBench.command;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.adaos.hub.contracts.catalog.ArtifactKind;
import io.adaos.hub.contracts.id.OperationId;
import io.adaos.hub.contracts.operation.InstalledArtifact;
import io.adaos.hub.contracts.operation.InstalledStatus;
import io.adaos.hub.contracts.operation.OperationState;
import io.adaos.hub.contracts.operation.OperationStatus;
import io.adaos.hub.operations.execution.CancellationToken;
import io.adaos.hub.operations.execution.InputRequest;
import io.adaos.hub.operations.execution.OperationHandler;
import io.adaos.hub.operations.execution.OperationProgress;
import io.adaos.hub.operations.execution.OperationRunner;
import io.adaos.hub.operations.execution.ParkedException;
import io.adaos.hub.operations.lifecycle.KindRules;
import io.adaos.hub.operations.lifecycle.PgOutcomeStep;
import io.adaos.hub.operations.lifecycle.StoredOperation;
import io.adaos.hub.operations.lifecycle.machine.OperationCommand;
import io.adaos.hub.operations.operationlog.LogLevel;
import io.vertx.mutiny.sqlclient.Tuple;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The process ends between any two words of an installation, and starts again. */
class InstallCrashTest {

    private static final Duration LEASE = Duration.ofMillis(250);
    private static final String NAME = "weather";
    /** Words of a whole installation; one more is never reached. */
    private static final int WORDS = 10;

    @TempDir
    Path workspace;
    private InstallBench bench;

    @BeforeEach
    void open() {
        bench = new InstallBench(workspace);
    }

    @AfterEach
    void close() {
        bench.close();
    }

    static Stream<Arguments> everyPoint() {
        return IntStream.rangeClosed(1, WORDS).boxed().flatMap(word -> Stream.of(
                Arguments.of(word, true, true), Arguments.of(word, false, true),
                Arguments.of(word, true, false), Arguments.of(word, false, false)));
    }

    @ParameterizedTest(name = "word {0}, before {1}, update {2}")
    @MethodSource("everyPoint")
    void crashAtAnyPoint_isResumed_andNothingIsEverHalfInstalled(
            int word, boolean before, boolean update) throws IOException {
        // Given
        Optional<String> old = Optional.empty();
        if (update) {
            install("1.0.0", bench.handler(ArtifactKind.SKILL));
            old = bench.linked(ArtifactKind.SKILL, NAME);
        }
        ArtifactVersion wanted = bench.registry.publish(ArtifactKind.SKILL, NAME, "2.0.0");
        Crashing crashing = new Crashing(word, before, 1);

        // When
        OperationState ended = run(crashing);

        // Then
        assertEquals(OperationStatus.SUCCEEDED, ended.status(), ended::toString);
        assertEquals(1, crashing.crashes);
        assertTrue(crashing.seen.equals(old)
                        || crashing.seen.equals(Optional.of(wanted.contentDigest())),
                "a reader saw " + crashing.seen);
        assertInstalled(wanted, update ? 4 : 2);
        assertEquals(1, bench.operations.strings(
                "SELECT id FROM notification WHERE operation_id = $1",
                Tuple.of(ended.operationId().value())).size());
    }

    @Test
    void crashInTheMiddleOfATransfer_isResumed() throws IOException {
        // Given
        ArtifactVersion wanted = bench.registry.publish(ArtifactKind.SKILL, NAME, "1.0.0");
        bench.registry.duringFetch(() -> {
            bench.registry.duringFetch(() -> { });
            throw new Crash();
        });

        // When
        OperationState ended = run(new Crashing(WORDS + 1, true, 1));

        // Then
        assertEquals(OperationStatus.SUCCEEDED, ended.status());
        assertInstalled(wanted, 2);
    }

    @Test
    void newerVersionPublishedDuringTheCrash_theDecidedOneIsInstalled() throws IOException {
        // Given
        ArtifactVersion decided = bench.registry.publish(ArtifactKind.SKILL, NAME, "1.0.0");
        Crashing crashing = new Crashing(4, true, 1);
        crashing.onCrash = () -> bench.registry.publish(ArtifactKind.SKILL, NAME, "2.0.0");

        // When
        OperationState ended = run(crashing);

        // Then
        assertEquals("1.0.0", ended.result().get("version"));
        assertInstalled(decided, 2);
    }

    @ParameterizedTest(name = "update {0}")
    @ValueSource(booleans = {true, false})
    void crashAfterTheSwitchEveryTime_endsRecoverable_withTheOldLink(boolean update)
            throws IOException {
        // Given
        Optional<String> old = Optional.empty();
        if (update) {
            install("1.0.0", bench.handler(ArtifactKind.SKILL));
            old = bench.linked(ArtifactKind.SKILL, NAME);
        }
        bench.registry.publish(ArtifactKind.SKILL, NAME, "2.0.0");
        Crashing crashing = new Crashing(0, true, Integer.MAX_VALUE);
        crashing.atStep = "record";

        // When
        OperationState ended = run(crashing);

        // Then
        assertEquals(OperationStatus.RECOVERABLE, ended.status(), ended::toString);
        assertTrue(crashing.seen.isPresent() && !crashing.seen.equals(old));
        assertEquals(old, bench.linked(ArtifactKind.SKILL, NAME));
        assertEquals(old, bench.recorded(ArtifactKind.SKILL, NAME)
                .map(artifact -> artifact.contentDigest()));
        assertEquals(List.of(), bench.temporaryFiles());
    }

    @ParameterizedTest(name = "update {0}")
    @ValueSource(booleans = {true, false})
    void rulesThatAreNotConfirmed_putRecordAndLinkBack_andSayWhatToDo(boolean update)
            throws IOException {
        // Given
        Optional<InstalledArtifact> before = installedBefore(update);
        bench.registry.publish(ArtifactKind.SKILL, NAME, "2.0.0");
        bench.loadsRules = false;

        // When
        OperationState ended = run(bench.handler(ArtifactKind.SKILL));

        // Then
        assertEquals(OperationStatus.FAILED, ended.status());
        assertEquals("rules_not_confirmed", ended.error().type());
        assertFalse(ended.error().remedy().isBlank());
        assertAsBefore(before);
        assertEquals(update ? 4 : 2,
                bench.operations.facts("io.adaos.hub.operation.installed.v1").size());
    }

    @ParameterizedTest(name = "before {0}, update {1}")
    @CsvSource({"true,true", "false,true", "true,false", "false,false"})
    void crashWhileItIsTakenBack_endsTheSameWay(boolean before, boolean update)
            throws IOException {
        // Given
        Optional<InstalledArtifact> old = installedBefore(update);
        bench.registry.publish(ArtifactKind.SKILL, NAME, "2.0.0");
        bench.loadsRules = false;
        Crashing crashing = new Crashing(WORDS, before, 1);

        // When
        OperationState ended = run(crashing);

        // Then
        assertEquals(1, crashing.crashes);
        assertEquals("rules_not_confirmed", ended.error().type());
        assertAsBefore(old);
    }

    @ParameterizedTest(name = "update {0}")
    @ValueSource(booleans = {true, false})
    void operationThatEndedBetweenSwitchAndConfirmation_isTakenBackByTheNextStart(
            boolean update) throws IOException {
        // Given
        Optional<InstalledArtifact> old = installedBefore(update);
        bench.registry.publish(ArtifactKind.SKILL, NAME, "2.0.0");
        Crashing crashing = new Crashing(0, false, Integer.MAX_VALUE);
        crashing.atStep = "record";
        crashing.takesBack = false;
        OperationState ended = run(crashing);
        InstalledStatus left =
                bench.recorded(ArtifactKind.SKILL, NAME).orElseThrow().status();

        // When
        bench.handler(ArtifactKind.SKILL).prepare();

        // Then
        assertEquals(OperationStatus.RECOVERABLE, ended.status());
        assertEquals(InstalledStatus.ACTIVATING, left);
        assertAsBefore(old);
    }

    private Optional<InstalledArtifact> installedBefore(boolean update) {
        if (update) {
            install("1.0.0", bench.handler(ArtifactKind.SKILL));
        }
        return bench.recorded(ArtifactKind.SKILL, NAME);
    }

    private void assertAsBefore(Optional<InstalledArtifact> before) throws IOException {
        Optional<InstalledArtifact> now = bench.recorded(ArtifactKind.SKILL, NAME);
        assertEquals(before.map(InstalledArtifact::version),
                now.map(InstalledArtifact::version));
        assertEquals(before.map(InstalledArtifact::status), now.map(InstalledArtifact::status));
        assertEquals(before.map(InstalledArtifact::contentDigest),
                bench.linked(ArtifactKind.SKILL, NAME));
        assertEquals(List.of(), bench.temporaryFiles());
    }

    private void assertInstalled(ArtifactVersion wanted, long revision) throws IOException {
        Optional<String> content = Optional.of(wanted.contentDigest());
        assertEquals(content, bench.linked(ArtifactKind.SKILL, NAME));
        assertEquals(content, bench.recorded(ArtifactKind.SKILL, NAME)
                .map(artifact -> artifact.contentDigest()));
        assertEquals(revision, bench.recorded(ArtifactKind.SKILL, NAME).orElseThrow().revision());
        assertEquals(revision,
                bench.operations.facts("io.adaos.hub.operation.installed.v1").size());
        assertEquals(List.of(), bench.temporaryFiles());
    }

    private void install(String version, OperationHandler handler) {
        bench.registry.publish(ArtifactKind.SKILL, NAME, version);
        assertEquals(OperationStatus.SUCCEEDED, run(handler).status());
    }

    private OperationState run(OperationHandler handler) {
        OperationId id = bench.operations.admitted(command("skill.install", NAME, null, false));
        OperationRunner runner = bench.operations.runner(List.of(handler), LEASE);
        runner.start();
        OperationState ended = bench.operations.ended(id);
        runner.stop();
        return ended;
    }

    /** Stands for the end of the process: nothing of the run happens after it. */
    private static final class Crash extends Error {
        private static final long serialVersionUID = 1L;

        Crash() {
            super("the process ended", null, false, false);
        }
    }

    /** Ends the process at a word; every later run is one of a freshly started process. */
    private final class Crashing implements OperationHandler {

        private final int atWord;
        private final boolean before;
        private final int times;
        private OperationHandler process = bench.handler(ArtifactKind.SKILL);
        private int crashes;
        private Optional<String> seen = Optional.empty();
        private Runnable onCrash = () -> { };
        private String atStep = "";
        private boolean takesBack = true;

        Crashing(int atWord, boolean before, int times) {
            this.atWord = atWord;
            this.before = before;
            this.times = times;
        }

        @Override
        public KindRules rules() {
            return process.rules();
        }

        @Override
        public void prepare() {
            process.prepare();
        }

        @Override
        public void run(OperationProgress progress) {
            if (crashes > 0) {
                process = bench.handler(ArtifactKind.SKILL);
                process.prepare();
            }
            process.run(new Words(progress));
        }

        @Override
        public void takeBack(StoredOperation operation) {
            if (takesBack) {
                process.takeBack(operation);
            }
        }

        private void crash() {
            crashes++;
            seen = bench.linked(ArtifactKind.SKILL, NAME);
            onCrash.run();
            throw new Crash();
        }

        /** Counts what the handler says. */
        private final class Words implements OperationProgress {

            private final OperationProgress progress;
            private int words;

            Words(OperationProgress progress) {
                this.progress = progress;
            }

            @Override
            public StoredOperation operation() {
                return progress.operation();
            }

            @Override
            public CancellationToken token() {
                return progress.token();
            }

            @Override
            public void step(Step step, int percent, String message) {
                say(step.wire(), () -> progress.step(step, percent, message));
            }

            @Override
            public void decide(Step step, String message, Map<String, Object> checkpoint) {
                say("decide", () -> progress.decide(step, message, checkpoint));
            }

            @Override
            public void record(Step step, String message, PgOutcomeStep also) {
                say(step.wire(), () -> progress.record(step, message, also));
            }

            @Override
            public void record(Step step, String message, Map<String, Object> checkpoint,
                    PgOutcomeStep also) {
                say(step.wire(), () -> progress.record(step, message, checkpoint, also));
            }

            @Override
            public void log(LogLevel level, String message) {
                progress.log(level, message);
            }

            @Override
            public ParkedException park(String message) {
                return progress.park(message);
            }

            @Override
            public Map<String, Object> input(InputRequest request) {
                return progress.input(request);
            }

            @Override
            public List<OperationState> children(List<OperationCommand> commands) {
                return progress.children(commands);
            }

            @Override
            public void succeed(String message, Map<String, Object> result, PgOutcomeStep also) {
                say("succeed", () -> progress.succeed(message, result, also));
            }

            private void say(String name, Runnable word) {
                boolean here = ++words == atWord || name.equals(atStep);
                boolean now = here && crashes < times;
                if (now && before) {
                    crash();
                }
                word.run();
                if (now) {
                    crash();
                }
            }
        }
    }
}
