package io.adaos.hub.operations.install;

import static io.adaos.hub.operations.testing.OperationsBench.command;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import io.adaos.hub.contracts.catalog.ArtifactKind;
import io.adaos.hub.contracts.id.OperationId;
import io.adaos.hub.contracts.operation.OperationState;
import io.adaos.hub.contracts.operation.OperationStatus;
import io.adaos.hub.operations.execution.OperationRunner;
import io.adaos.hub.operations.testing.TestRegistry;
import io.adaos.hub.testing.TestArchives;
import io.adaos.hub.testing.TestArchives.TarBuilder;
import io.adaos.hub.testing.TestArchives.ZipBuilder;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.apache.commons.compress.archivers.tar.TarConstants;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** A registry that hands out what it should have refused: nothing of it reaches the workspace. */
class HostileArchiveTest {

    private static final int FILE = 0100644;
    private static final String ANY = "sha256:" + "0".repeat(64);

    @TempDir
    Path folder;
    private InstallBench bench;
    private OperationRunner runner;

    @BeforeEach
    void open() {
        bench = new InstallBench(folder.resolve("workspace"));
        runner = bench.operations.runner(
                List.of(bench.handler(ArtifactKind.SKILL)), Duration.ofSeconds(30));
        runner.start();
    }

    @AfterEach
    void close() {
        bench.close();
    }

    static Stream<Arguments> hostile() {
        byte[] good = TestArchives.zip(Map.of("a/skill.yaml", "version: 1.0.0"));
        return Stream.of(
                Arguments.of("archive_unsafe", new ZipBuilder().file("a/skill.yaml", "x", FILE)
                        .file("a/../../../evil", "x", FILE).bytes()),
                Arguments.of("archive_unsafe", new ZipBuilder().file("a/skill.yaml", "x", FILE)
                        .file("/evil", "x", FILE).bytes()),
                Arguments.of("archive_unsafe", new ZipBuilder().file("a/skill.yaml", "x", FILE)
                        .file("a/link", "/etc/passwd", 0120777).bytes()),
                Arguments.of("archive_unsafe", new TarBuilder().file("a/skill.yaml", "x", FILE)
                        .special("a/dir", TarConstants.LF_SYMLINK, "/tmp")
                        .file("a/dir/evil", "x", FILE).bytes()),
                Arguments.of("archive_unsafe", new TarBuilder().file("a/skill.yaml", "x", FILE)
                        .special("a/disk", TarConstants.LF_BLK, "").bytes()),
                Arguments.of("archive_too_large",
                        new TarBuilder().zeros("a/bomb", 2 << 20).bytes()),
                Arguments.of("archive_unreadable",
                        Arrays.copyOf(good, good.length - 30)),
                Arguments.of("archive_unreadable",
                        "not an archive".getBytes(StandardCharsets.UTF_8)),
                Arguments.of("content_digest_mismatch", good));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("hostile")
    void hostileBlob_failsTyped_andLeavesNothing(String type, byte[] archive)
            throws IOException {
        // Given
        bench.registry.publish(ArtifactKind.SKILL, new ArtifactVersion(
                "a", "a", "1.0.0", TestRegistry.sha256(archive), ANY), archive);

        // When
        OperationState ended = install("a");

        // Then
        assertEquals(type, ended.error().type(), ended::toString);
        assertFalse(ended.error().remedy().isBlank());
        assertNothingInstalled();
    }

    @Test
    void otherBytesThanTheDigest_fail() throws IOException {
        // Given
        byte[] archive = TestArchives.zip(Map.of("a/skill.yaml", "version: 1.0.0"));
        bench.registry.publish(ArtifactKind.SKILL, new ArtifactVersion(
                "a", "a", "1.0.0", ANY, TestRegistry.contentDigest(archive)), archive);

        // When
        OperationState ended = install("a");

        // Then
        assertEquals("digest_mismatch", ended.error().type());
        assertNothingInstalled();
    }

    @Test
    void archiveWithoutManifest_fails() throws IOException {
        // Given
        byte[] archive = TestArchives.zip(Map.of("a/other.yaml", "version: 1.0.0"));
        bench.registry.publish(ArtifactKind.SKILL, new ArtifactVersion("a", "a", "1.0.0",
                TestRegistry.sha256(archive), TestRegistry.contentDigest(archive)), archive);

        // When
        OperationState ended = install("a");

        // Then
        assertEquals("manifest_missing", ended.error().type());
        assertNothingInstalled();
    }

    static Stream<Arguments> hostileAnswers() {
        return Stream.of(
                Arguments.of(new ArtifactVersion("a", "../../evil", "1.0.0", ANY, ANY)),
                Arguments.of(new ArtifactVersion("a", "a", "1.0.0", "sha256:../..", ANY)),
                Arguments.of(new ArtifactVersion("a", "a", "1.0.0", ANY, "../../evil")),
                Arguments.of(new ArtifactVersion("a", "a", "1.0.0", null, null)),
                Arguments.of(new ArtifactVersion("a", null, "1.0.0", ANY, ANY)));
    }

    @ParameterizedTest
    @MethodSource("hostileAnswers")
    void answerThatWouldLeaveTheWorkspace_fails(ArtifactVersion version) throws IOException {
        // Given
        ArtifactVersion published = new ArtifactVersion(version.id(), version.name(),
                version.version(), version.digest() == null ? "" : version.digest(),
                version.contentDigest());
        bench.registry.publish(ArtifactKind.SKILL, published, new byte[0]);

        // When
        OperationState ended = install("a");

        // Then
        assertEquals("registry_answer_invalid", ended.error().type());
        assertNothingInstalled();
    }

    @Test
    void foreignFolderAtThePlaceOfTheLink_isLeftAlone() throws IOException {
        // Given
        bench.registry.publish(ArtifactKind.SKILL, "a", "1.0.0");
        Path mine = bench.workspace.resolve("skills/a");
        Files.createDirectories(mine);
        Files.writeString(mine.resolve("work.txt"), "mine");

        // When
        OperationState ended = install("a");

        // Then
        assertEquals("workspace_occupied", ended.error().type());
        assertEquals("mine", Files.readString(mine.resolve("work.txt")));
        assertEquals(Optional.empty(), bench.recorded(ArtifactKind.SKILL, "a"));
    }

    @Test
    void nameOfAnotherInstalledArtifact_isNotTakenOver() {
        // Given
        ArtifactVersion first = bench.registry.publish(ArtifactKind.SKILL, "a", "1.0.0");
        assertEquals(OperationStatus.SUCCEEDED, install("a").status());
        byte[] archive = TestArchives.zip(Map.of("a/skill.yaml", "version: 9.0.0"));
        bench.registry.publish(ArtifactKind.SKILL, new ArtifactVersion("b", "a", "9.0.0",
                TestRegistry.sha256(archive), TestRegistry.contentDigest(archive)), archive);

        // When
        OperationState ended = install("b");

        // Then
        assertEquals("name_conflict", ended.error().type());
        assertEquals(Optional.of(first.contentDigest()), bench.linked(ArtifactKind.SKILL, "a"));
    }

    private OperationState install(String id) {
        OperationId operation = bench.operations.admitted(
                command("skill.install", id, null, false));
        return bench.operations.ended(operation);
    }

    private void assertNothingInstalled() throws IOException {
        assertEquals(Optional.empty(), bench.linked(ArtifactKind.SKILL, "a"));
        assertEquals(Optional.empty(), bench.recorded(ArtifactKind.SKILL, "a"));
        assertEquals(List.of(), bench.temporaryFiles());
        try (Stream<Path> outside = Files.list(folder)) {
            assertEquals(List.of(bench.workspace), outside.toList());
        }
        assertFalse(Files.exists(bench.workspace.resolve(".store/skill")));
    }
}
