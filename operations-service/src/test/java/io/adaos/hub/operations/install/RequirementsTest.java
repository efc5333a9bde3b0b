package io.adaos.hub.operations.install;

import static io.adaos.hub.operations.testing.OperationsBench.await;
import static io.adaos.hub.operations.testing.OperationsBench.command;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.adaos.hub.contracts.catalog.ArtifactKind;
import io.adaos.hub.contracts.id.OperationId;
import io.adaos.hub.contracts.operation.Initiator;
import io.adaos.hub.contracts.operation.OperationState;
import io.adaos.hub.contracts.operation.OperationStatus;
import io.adaos.hub.operations.lifecycle.Change;
import io.adaos.hub.operations.lifecycle.machine.OperationEvent;
import io.adaos.hub.operations.testing.TestRegistry;
import io.adaos.hub.testing.TestArchives;
import io.vertx.mutiny.sqlclient.Tuple;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Scenarios bring the skills they require, and hold on to them. */
class RequirementsTest {

    private static final ArtifactKind SKILL = ArtifactKind.SKILL;
    private static final ArtifactKind SCENARIO = ArtifactKind.SCENARIO;
    private static final Duration LONG = Duration.ofSeconds(30);

    @TempDir
    Path workspace;
    private InstallBench bench;

    @BeforeEach
    void open() {
        bench = new InstallBench(workspace);
        bench.operations.runner(List.of(bench.handler(SKILL), bench.handler(SCENARIO),
                bench.uninstaller(SKILL)), LONG).start();
    }

    @AfterEach
    void close() {
        bench.close();
    }

    @Test
    void scenario_bringsTheSkillsThatAreMissing_andThenItself() {
        // Given
        bench.registry.publish(SKILL, "weather", "1.0.0");
        bench.registry.publish(SKILL, "profile", "1.0.0");
        install("skill.install", "weather");
        bench.registry.publish("morning", "1.0.0", List.of("weather", "profile"));

        // When
        OperationState ended = install("scenario.install", "morning");

        // Then
        assertEquals(OperationStatus.SUCCEEDED, ended.status(), ended::toString);
        assertTrue(bench.linked(SKILL, "profile").isPresent());
        assertEquals(List.of("weather", "profile"),
                bench.recorded(SCENARIO, "morning").orElseThrow().requires());
        assertEquals(1, operationsOn("weather"));
        assertEquals(List.of(ended.operationId().value()), bench.operations.strings("""
                SELECT link.parent_id FROM operation_child link
                JOIN operation ON operation_id = link.child_id
                WHERE own AND target_id = $1""", Tuple.of("profile")));
    }

    @Test
    void skillThatIsInstalledAlready_byAnotherOperation_isWaitedFor() {
        // Given
        bench.registry.publish(SKILL, "weather", "1.0.0");
        bench.registry.publish("morning", "1.0.0", List.of("weather"));
        CountDownLatch fetching = new CountDownLatch(1);
        CountDownLatch go = new CountDownLatch(1);
        bench.registry.duringFetch(() -> {
            fetching.countDown();
            awaitQuietly(go);
        });
        OperationId first = bench.operations.admitted(
                command("skill.install", "weather", null, false));
        awaitQuietly(fetching);
        OperationId scenario = bench.operations.admitted(
                command("scenario.install", "morning", null, false));

        // When
        Awaitility.await().atMost(LONG).until(() ->
                !bench.operations.strings("SELECT child_id FROM operation_child "
                        + "WHERE child_id = $1 AND NOT own", Tuple.of(first.value())).isEmpty());
        go.countDown();
        OperationState ended = bench.operations.ended(scenario);

        // Then
        assertEquals(OperationStatus.SUCCEEDED, ended.status(), ended::toString);
        assertEquals(OperationStatus.SUCCEEDED, bench.operations.state(first).status());
        assertEquals(1, operationsOn("weather"));
    }

    @Test
    void skillThatNobodyPublished_failsTheScenario_andNothingIsSwitched() {
        // Given
        bench.registry.publish("morning", "1.0.0", List.of("weather"));

        // When
        OperationState ended = install("scenario.install", "morning");

        // Then
        assertEquals("requirement_failed", ended.error().type(), ended::toString);
        assertEquals("artifact_not_found", ended.error().cause().type());
        assertEquals("weather", ended.error().details().get("requirement"));
        assertEquals(Optional.empty(), bench.linked(SCENARIO, "morning"));
        assertEquals(Optional.empty(), bench.recorded(SCENARIO, "morning"));
    }

    @Test
    void skillThatCannotBeInstalled_failsTheScenario_withItsCause() {
        // Given
        byte[] archive = TestArchives.zip(Map.of("weather/skill.yaml", "version: 1.0.0"));
        bench.registry.publish(SKILL, new ArtifactVersion("weather", "weather", "1.0.0",
                "sha256:" + "0".repeat(64), TestRegistry.contentDigest(archive)), archive);
        bench.registry.publish("morning", "1.0.0", List.of("weather"));

        // When
        OperationState ended = install("scenario.install", "morning");

        // Then
        assertEquals("requirement_failed", ended.error().type(), ended::toString);
        assertEquals("digest_mismatch", ended.error().cause().type());
        assertEquals(Optional.empty(), bench.recorded(SCENARIO, "morning"));
    }

    @ParameterizedTest(name = "{0}")
    @CsvSource({"uninstall,false", "keep,true"})
    void skillThatAScenarioRequires_goesOnlyWhenAPersonSaysSo(String answer, boolean stays) {
        // Given
        installScenario();
        OperationId id = bench.operations.admitted(bench.uninstall("weather", Map.of()));
        Awaitility.await().atMost(LONG).until(() ->
                bench.operations.state(id).status() == OperationStatus.WAITING_INPUT);
        OperationState asking = bench.operations.state(id);

        // When
        await(bench.operations.store.apply(Change.of(id,
                new OperationEvent.InputGiven(answer, new Initiator("user", "anna")))));
        OperationState ended = bench.operations.ended(id);

        // Then
        assertTrue(asking.input().prompt().contains("morning"));
        assertEquals(OperationStatus.SUCCEEDED, ended.status(), ended::toString);
        assertEquals(stays, ended.result().get("unchanged"));
        assertEquals(stays, bench.linked(SKILL, "weather").isPresent());
    }

    @Test
    void skillThatAScenarioRequires_goesByForce() {
        // Given
        installScenario();

        // When
        OperationState ended = bench.operations.ended(
                bench.operations.admitted(bench.uninstall("weather", Map.of("force", true))));

        // Then
        assertEquals(false, ended.result().get("unchanged"), ended::toString);
        assertEquals(Optional.empty(), bench.linked(SKILL, "weather"));
    }

    private void installScenario() {
        bench.registry.publish(SKILL, "weather", "1.0.0");
        bench.registry.publish("morning", "1.0.0", List.of("weather"));
        assertEquals(OperationStatus.SUCCEEDED, install("scenario.install", "morning").status());
    }

    private OperationState install(String kind, String name) {
        return bench.operations.ended(
                bench.operations.admitted(command(kind, name, null, false)));
    }

    private int operationsOn(String target) {
        return bench.operations.strings(
                "SELECT operation_id FROM operation WHERE target_id = $1", Tuple.of(target)).size();
    }

    private static void awaitQuietly(CountDownLatch latch) {
        Awaitility.await().atMost(LONG).until(() -> latch.getCount() == 0);
    }
}
