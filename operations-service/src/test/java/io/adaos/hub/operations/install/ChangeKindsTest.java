package io.adaos.hub.operations.install;

import static io.adaos.hub.operations.testing.OperationsBench.command;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.adaos.hub.contracts.catalog.ArtifactKind;
import io.adaos.hub.contracts.operation.OperationState;
import io.adaos.hub.contracts.operation.OperationStatus;
import io.adaos.hub.operations.testing.TestRegistry;
import io.adaos.hub.testing.TestArchives;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What updating and uninstalling do to record, link, rules and files. */
class ChangeKindsTest {

    private static final String FACT = "io.adaos.hub.operation.installed.v1";
    private static final ArtifactKind SKILL = ArtifactKind.SKILL;
    private static final String NAME = "weather";

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

    @Test
    void update_toTheVersionInUse_changesNothing() {
        // Given
        bench.install(NAME, "1.0.0");
        int facts = bench.operations.facts(FACT).size();

        // When
        OperationState ended = update(null);

        // Then
        assertEquals(OperationStatus.SUCCEEDED, ended.status());
        assertEquals(true, ended.result().get("unchanged"));
        assertEquals("1.0.0", ended.result().get("version"));
        assertEquals(facts, bench.operations.facts(FACT).size());
    }

    @Test
    void update_ofWhatIsNotInstalled_failsTyped() {
        // Given
        bench.registry.publish(SKILL, NAME, "1.0.0");

        // When
        OperationState ended = update(null);

        // Then
        assertEquals("not_installed", ended.error().type());
        assertFalse(ended.error().remedy().isBlank());
        assertEquals(Optional.empty(), bench.recorded(SKILL, NAME));
    }

    @ParameterizedTest(name = "wanted {0}: {1}")
    @CsvSource({",2.0.0-rc.1", "1.0.0,1.0.0"})
    void update_goesBelowTheVersionInUse_onlyWhenAsked(String wanted, String after) {
        // Given
        bench.install(NAME, "2.0.0-rc.1");
        bench.registry.publish(SKILL, NAME, "1.0.0");

        // When
        OperationState ended = update(wanted);

        // Then
        assertEquals(OperationStatus.SUCCEEDED, ended.status());
        assertEquals(after, bench.recorded(SKILL, NAME).orElseThrow().version());
    }

    @Test
    void updates_keepTheVersionInUseAndTheOneBefore() throws IOException {
        // Given
        bench.install(NAME, "1.0.0");
        ArtifactVersion second = bench.registry.publish(SKILL, NAME, "2.0.0");
        update(null);
        ArtifactVersion third = bench.registry.publish(SKILL, NAME, "3.0.0");

        // When
        OperationState ended = update(null);

        // Then
        assertEquals("2.0.0", ended.result().get("previous_version"));
        assertEquals(Set.of(second.contentDigest(), third.contentDigest()),
                bench.stored(SKILL, NAME));
    }

    @Test
    void updateThatIsDamagedOnTheWay_leavesTheVersionInUse() {
        // Given
        ArtifactVersion old = bench.install(NAME, "1.0.0");
        byte[] archive = TestArchives.zip(Map.of("weather/skill.yaml", "version: 2.0.0"));
        bench.registry.publish(SKILL, new ArtifactVersion(NAME, NAME, "2.0.0",
                "sha256:" + "0".repeat(64), TestRegistry.contentDigest(archive)), archive);

        // When
        OperationState ended = update(null);

        // Then
        assertEquals("digest_mismatch", ended.error().type());
        assertEquals(Optional.of(old.contentDigest()), bench.linked(SKILL, NAME));
        assertEquals("1.0.0", bench.recorded(SKILL, NAME).orElseThrow().version());
    }

    @ParameterizedTest(name = "confirmed {0}")
    @CsvSource({"true,meteo,weather", "false,weather,meteo"})
    void versionWithAnotherDirectoryName_movesTheLink_andBack(
            boolean confirmed, String there, String gone) {
        // Given
        bench.install(NAME, "1.0.0");
        byte[] archive = TestArchives.zip(Map.of("meteo/skill.yaml", "version: 2.0.0"));
        bench.registry.publish(SKILL, new ArtifactVersion(NAME, "meteo", "2.0.0",
                TestRegistry.sha256(archive), TestRegistry.contentDigest(archive)), archive);
        bench.loadsRules = confirmed;

        // When
        OperationState ended = update(null);

        // Then
        assertEquals(confirmed, ended.status() == OperationStatus.SUCCEEDED, ended::toString);
        assertTrue(bench.linked(SKILL, there).isPresent());
        assertEquals(Optional.empty(), bench.linked(SKILL, gone));
    }

    @Test
    void uninstall_tellsThatItIsGone() {
        // Given
        bench.install(NAME, "1.0.0");

        // When
        OperationState ended = uninstall(Map.of());

        // Then
        assertEquals("1.0.0", ended.result().get("version"), ended::toString);
        List<String> facts = bench.operations.facts(FACT);
        assertTrue(facts.get(facts.size() - 1).contains("\"removed\":true"));
    }

    @Test
    void uninstall_ofWhatIsNotInstalled_changesNothing() {
        // Given nothing is installed

        // When
        OperationState ended = uninstall(Map.of());

        // Then
        assertEquals(OperationStatus.SUCCEEDED, ended.status());
        assertEquals(true, ended.result().get("unchanged"));
    }

    @Test
    void uninstallWhileProjectionHoldsOnToRules_saysThatTheyAreNotWithdrawnYet() {
        // Given
        bench.install(NAME, "1.0.0");
        bench.loadsRules = false;
        bench.heldRules = Optional.of("1.0.0");

        // When
        OperationState ended = uninstall(Map.of());

        // Then
        assertEquals(OperationStatus.SUCCEEDED, ended.status());
        assertEquals(false, ended.result().get("rules_withdrawn"));
        assertEquals(Optional.empty(), bench.linked(SKILL, NAME));
    }

    private OperationState update(String version) {
        return bench.run(bench.updater(SKILL), command("skill.update", NAME, version, false));
    }

    private OperationState uninstall(Map<String, Object> params) {
        return bench.run(bench.uninstaller(SKILL), bench.uninstall(NAME, params));
    }
}
