package io.adaos.hub.operations.install;

import static io.adaos.hub.operations.testing.OperationsBench.command;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.adaos.hub.contracts.catalog.ArtifactKind;
import io.adaos.hub.contracts.operation.InstalledArtifact;
import io.adaos.hub.contracts.operation.InstalledStatus;
import io.adaos.hub.contracts.operation.OperationState;
import io.adaos.hub.contracts.operation.OperationStatus;
import io.adaos.hub.operations.execution.OperationHandler;
import io.vertx.mutiny.sqlclient.Tuple;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
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

    private static final String NAME = "weather";
    /** Words of a whole installation; one more is never reached. */
    private static final int WORDS = 9;

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
        CrashingHandler crashing = crashing(word, before, 1);

        // When
        OperationState ended = run(crashing);

        // Then
        assertEquals(OperationStatus.SUCCEEDED, ended.status(), ended::toString);
        assertEquals(1, crashing.crashes());
        assertTrue(crashing.seen().equals(old)
                        || crashing.seen().equals(Optional.of(wanted.contentDigest())),
                "a reader saw " + crashing.seen());
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
            throw new CrashingHandler.Crash();
        });

        // When
        OperationState ended = run(crashing(WORDS + 1, true, 1));

        // Then
        assertEquals(OperationStatus.SUCCEEDED, ended.status());
        assertInstalled(wanted, 2);
    }

    @Test
    void newerVersionPublishedDuringTheCrash_theDecidedOneIsInstalled() throws IOException {
        // Given
        ArtifactVersion decided = bench.registry.publish(ArtifactKind.SKILL, NAME, "1.0.0");
        CrashingHandler crashing = crashing(4, true, 1);
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
        CrashingHandler crashing = crashing(0, true, Integer.MAX_VALUE);
        crashing.atStep = "record";

        // When
        OperationState ended = run(crashing);

        // Then
        assertEquals(OperationStatus.RECOVERABLE, ended.status(), ended::toString);
        assertTrue(crashing.seen().isPresent() && !crashing.seen().equals(old));
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
        CrashingHandler crashing = crashing(WORDS, before, 1);

        // When
        OperationState ended = run(crashing);

        // Then
        assertEquals(1, crashing.crashes());
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
        CrashingHandler crashing = crashing(0, false, Integer.MAX_VALUE);
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
        return bench.run(handler, command("skill.install", NAME, null, false));
    }

    private CrashingHandler crashing(int atWord, boolean before, int times) {
        return new CrashingHandler(() -> bench.handler(ArtifactKind.SKILL),
                () -> bench.linked(ArtifactKind.SKILL, NAME), new CrashingHandler.Point(
                        atWord, before, times));
    }
}
