package io.adaos.hub.operations.install;

import static io.adaos.hub.operations.testing.OperationsBench.command;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.adaos.hub.contracts.catalog.ArtifactKind;
import io.adaos.hub.contracts.id.OperationId;
import io.adaos.hub.contracts.operation.OperationStatus;
import io.adaos.hub.operations.execution.OperationRunner;
import io.adaos.hub.runtime.archive.ArchiveLimits;
import io.adaos.hub.runtime.workspace.ArtifactPlace;
import io.adaos.hub.runtime.workspace.WorkspaceFiles;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** At its start a process makes links agree with records, whatever happened meanwhile. */
class WorkspaceRepairTest {

    private static final ArtifactPlace PLACE = new ArtifactPlace(ArtifactKind.SCENARIO, "morning");

    @TempDir
    Path workspace;
    private InstallBench bench;
    private ArtifactVersion version;

    @BeforeEach
    void installOne() {
        bench = new InstallBench(workspace);
        version = bench.registry.publish(ArtifactKind.SCENARIO, "morning", "1.0.0");
        install();
    }

    @AfterEach
    void close() {
        bench.close();
    }

    @Test
    void lostLink_isMadeAgain() throws IOException {
        // Given
        Files.delete(PLACE.link(workspace));

        // When
        bench.handler(ArtifactKind.SCENARIO).prepare();

        // Then
        assertEquals(Optional.of(version.contentDigest()),
                bench.linked(ArtifactKind.SCENARIO, "morning"));
    }

    @Test
    void linkThatWasSwitchedWithoutRecord_goesBack() throws IOException {
        // Given
        String other = "sha256:" + "1".repeat(64);
        Files.createDirectories(workspace.resolve(".store/scenario/morning").resolve(other));
        Files.delete(PLACE.link(workspace));
        Files.createSymbolicLink(PLACE.link(workspace), target("morning", other));

        // When
        bench.handler(ArtifactKind.SCENARIO).prepare();

        // Then
        assertEquals(Optional.of(version.contentDigest()),
                bench.linked(ArtifactKind.SCENARIO, "morning"));
    }

    @Test
    void linkWithoutAnyRecord_isRemoved_andForeignThingsStay() throws IOException {
        // Given
        ArtifactPlace stray = new ArtifactPlace(ArtifactKind.SCENARIO, "stray");
        Files.createSymbolicLink(
                stray.link(workspace), target("stray", version.contentDigest()));
        Path foreign = Files.createDirectory(workspace.resolve("scenarios/own_work"));

        // When
        bench.handler(ArtifactKind.SCENARIO).prepare();

        // Then
        assertFalse(Files.isSymbolicLink(stray.link(workspace)));
        assertEquals(true, Files.isDirectory(foreign));
    }

    @ParameterizedTest
    @ValueSource(strings = {"with space", "-dash", "~backup", "\u00fcber"})
    void foreignThings_whoseNamesCannotBeArtifacts_areSkipped(String name) throws IOException {
        // Given
        Path link = workspace.resolve("scenarios").resolve(name);
        Files.createSymbolicLink(link, Path.of("/nowhere"));
        Path file = Files.createFile(workspace.resolve("scenarios").resolve(name + '~'));
        Files.delete(PLACE.link(workspace));

        // When
        bench.handler(ArtifactKind.SCENARIO).prepare();

        // Then
        assertEquals(Optional.of(version.contentDigest()),
                bench.linked(ArtifactKind.SCENARIO, "morning"));
        assertTrue(Files.isSymbolicLink(link));
        assertTrue(Files.exists(file));
    }

    @Test
    void kindWhoseFolderIsBroken_doesNotStopTheOthers() throws IOException {
        // Given
        Files.deleteIfExists(workspace.resolve("skills"));
        Files.writeString(workspace.resolve("skills"), "not a folder");
        bench.registry.publish(ArtifactKind.SCENARIO, "evening", "1.0.0");
        OperationRunner runner = bench.operations.runner(List.of(
                bench.handler(ArtifactKind.SKILL), bench.handler(ArtifactKind.SCENARIO)),
                Duration.ofSeconds(30));

        // When
        runner.start();
        OperationId id = bench.operations.admitted(
                command("scenario.install", "evening", null, false));

        // Then
        assertEquals(OperationStatus.SUCCEEDED, bench.operations.ended(id).status());
    }

    @Test
    void laterKind_doesNotSweepAwayWhatRunsOfAnEarlierOneUse() throws IOException {
        // Given
        WorkspaceFiles files = new WorkspaceFiles(
                workspace, ArchiveLimits.of(1 << 20, 1 << 20, 100));
        files.prepare(ArtifactKind.SKILL);
        Path used = Files.createFile(files.temporary("op_1"));

        // When
        files.prepare(ArtifactKind.SCENARIO);

        // Then
        assertTrue(Files.exists(used));
    }

    @Test
    void leftovers_areDeleted() throws IOException {
        // Given
        Path half = Files.createDirectories(workspace.resolve(".store/.tmp/op_1-x/deep"));
        Files.writeString(half.resolve("file"), "half");
        Path link = workspace.resolve("scenarios/.link-1");
        Files.createSymbolicLink(link, Path.of("nowhere"));

        // When
        bench.handler(ArtifactKind.SCENARIO).prepare();

        // Then
        assertEquals(List.of(), bench.temporaryFiles());
        assertFalse(Files.isSymbolicLink(link));
    }

    @Test
    void damagedFiles_areReported_andTheNextInstallBringsThemBack() throws IOException {
        // Given
        Path manifest = PLACE.link(workspace).toRealPath().resolve("scenario.yaml");
        Files.writeString(manifest, "version: 6.6.6");

        // When
        bench.handler(ArtifactKind.SCENARIO).prepare();

        // Then
        assertEquals(List.of("morning"),
                bench.missing.stream().map(artifact -> artifact.id()).toList());
        assertEquals(Optional.empty(), bench.linked(ArtifactKind.SCENARIO, "morning"));
        install();
        assertEquals("version: 1.0.0\n",
                Files.readString(PLACE.link(workspace).resolve("scenario.yaml")));
    }

    @Test
    void agreement_changesNothing() throws IOException {
        // Given
        Path link = PLACE.link(workspace);
        Object before =
                Files.getAttribute(link, "unix:ino", LinkOption.NOFOLLOW_LINKS);

        // When
        bench.handler(ArtifactKind.SCENARIO).prepare();

        // Then
        assertEquals(before, Files.getAttribute(
                link, "unix:ino", LinkOption.NOFOLLOW_LINKS));
        assertEquals(List.of(), bench.missing);
    }

    /** What a link of this name holds: a relative path. */
    private static Path target(String name, String contentDigest) {
        return Path.of("../.store/scenario", name, contentDigest);
    }

    private void install() {
        OperationRunner runner = bench.operations.runner(
                List.of(bench.handler(ArtifactKind.SCENARIO)), Duration.ofSeconds(30));
        runner.start();
        assertEquals(OperationStatus.SUCCEEDED, bench.operations.ended(bench.operations.admitted(
                command("scenario.install", "morning", null, false))).status());
        runner.stop();
    }
}
