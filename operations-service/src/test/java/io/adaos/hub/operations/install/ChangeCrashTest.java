package io.adaos.hub.operations.install;

import static io.adaos.hub.operations.testing.OperationsBench.command;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.adaos.hub.contracts.catalog.ArtifactKind;
import io.adaos.hub.contracts.operation.InstalledArtifact;
import io.adaos.hub.contracts.operation.InstalledStatus;
import io.adaos.hub.contracts.operation.OperationState;
import io.adaos.hub.contracts.operation.OperationStatus;
import io.adaos.hub.operations.execution.OperationHandler;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** The process ends between any two words of an update, a roll-back or an uninstallation. */
class ChangeCrashTest {

    private static final ArtifactKind SKILL = ArtifactKind.SKILL;
    private static final String NAME = "weather";
    private static final int UPDATE_WORDS = 9;
    /** The word that takes the record back stands where the last one of a success would. */
    private static final int ROLL_BACK_FROM = 7;
    private static final int UNINSTALL_WORDS = 6;

    @TempDir
    Path workspace;
    private InstallBench bench;
    private ArtifactVersion old;

    @BeforeEach
    void installOne() {
        bench = new InstallBench(workspace);
        old = bench.install(NAME, "1.0.0");
    }

    @AfterEach
    void close() {
        bench.close();
    }

    static Stream<Arguments> updating() {
        return points(1, UPDATE_WORDS);
    }

    static Stream<Arguments> rollingBack() {
        return points(ROLL_BACK_FROM, UPDATE_WORDS);
    }

    static Stream<Arguments> uninstalling() {
        return points(1, UNINSTALL_WORDS);
    }

    private static Stream<Arguments> points(int first, int last) {
        return IntStream.rangeClosed(first, last).boxed().flatMap(word ->
                Stream.of(Arguments.of(word, true), Arguments.of(word, false)));
    }

    @ParameterizedTest(name = "word {0}, before {1}")
    @MethodSource("updating")
    void update_brokenOffAnywhere_isResumed(int word, boolean before) throws IOException {
        // Given
        ArtifactVersion wanted = bench.registry.publish(SKILL, NAME, "2.0.0");
        CrashingHandler crashing = crashing(() -> bench.updater(SKILL), word, before);

        // When
        OperationState ended = bench.run(crashing, command("skill.update", NAME, null, false));

        // Then
        assertEquals(OperationStatus.SUCCEEDED, ended.status(), ended::toString);
        assertEquals(1, crashing.crashes());
        assertEquals("1.0.0", ended.result().get("previous_version"));
        assertInUse(wanted);
        assertEquals(Set.of(old.contentDigest(), wanted.contentDigest()),
                bench.stored(SKILL, NAME));
    }

    @ParameterizedTest(name = "word {0}, before {1}")
    @MethodSource("rollingBack")
    void rollBack_brokenOffAnywhere_endsWithTheVersionBefore(int word, boolean before)
            throws IOException {
        // Given
        bench.registry.publish(SKILL, NAME, "2.0.0");
        bench.loadsRules = false;
        CrashingHandler crashing = crashing(() -> bench.updater(SKILL), word, before);

        // When
        OperationState ended = bench.run(crashing, command("skill.update", NAME, null, false));

        // Then
        assertEquals(1, crashing.crashes());
        assertEquals("rules_not_confirmed", ended.error().type(), ended::toString);
        assertEquals("1.0.0", ended.error().details().get("rolled_back_to"));
        assertTrue(ended.error().message().contains("1.0.0 is in use again"));
        assertInUse(old);
    }

    @ParameterizedTest(name = "word {0}, before {1}")
    @MethodSource("uninstalling")
    void uninstall_brokenOffAnywhere_isResumed(int word, boolean before) throws IOException {
        // Given
        CrashingHandler crashing = crashing(() -> bench.uninstaller(SKILL), word, before);

        // When
        OperationState ended = bench.run(crashing, command("skill.uninstall", NAME, null, false));

        // Then
        assertEquals(OperationStatus.SUCCEEDED, ended.status(), ended::toString);
        assertEquals(1, crashing.crashes());
        assertEquals(false, ended.result().get("unchanged"));
        assertEquals(true, ended.result().get("rules_withdrawn"));
        assertGone();
    }

    private CrashingHandler crashing(
            Supplier<OperationHandler> start, int word, boolean before) {
        return new CrashingHandler(start, () -> bench.linked(SKILL, NAME),
                new CrashingHandler.Point(word, before, 1));
    }

    private void assertInUse(ArtifactVersion version) throws IOException {
        InstalledArtifact recorded = bench.recorded(SKILL, NAME).orElseThrow();
        assertEquals(version.version(), recorded.version());
        assertEquals(InstalledStatus.INSTALLED, recorded.status());
        assertEquals(Optional.of(version.contentDigest()), bench.linked(SKILL, NAME));
        assertEquals(List.of(), bench.temporaryFiles());
    }

    private void assertGone() throws IOException {
        assertEquals(Optional.empty(), bench.recorded(SKILL, NAME));
        assertEquals(Optional.empty(), bench.linked(SKILL, NAME));
        assertEquals(Set.of(), bench.stored(SKILL, NAME));
        assertEquals(List.of(), bench.temporaryFiles());
    }
}
