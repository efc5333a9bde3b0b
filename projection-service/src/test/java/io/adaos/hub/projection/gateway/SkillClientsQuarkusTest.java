package io.adaos.hub.projection.gateway;

import static io.restassured.RestAssured.given;
import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.adaos.hub.contracts.id.ArtifactRef;
import io.adaos.hub.contracts.id.WebspaceId;
import io.adaos.hub.projection.operationview.InstalledShelf;
import io.adaos.hub.projection.operationview.OperationsUpstream;
import io.adaos.hub.projection.stream.socket.EventTestClient;
import io.adaos.hub.sdk.DirtyRouter;
import io.adaos.hub.sdk.HubSkill;
import io.adaos.hub.sdk.ProjectionSlot;
import io.adaos.hub.sdk.SetOutcome;
import io.adaos.hub.sdk.SkillSettings;
import io.adaos.hub.sdk.SlotStatus;
import io.adaos.hub.sdk.StreamReceiver;
import io.adaos.hub.testing.HubTestResource;
import io.adaos.hub.testing.TestKeys;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.common.http.TestHTTPResource;
import io.quarkus.test.junit.QuarkusTest;
import io.vertx.core.Context;
import io.vertx.core.Vertx;
import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/**
 * Skills as they run in real life, over the governor in enforce mode: the Java client, the template
 * and the example as Python processes. What they set is read back by a Yjs client.
 */
@QuarkusTest
@QuarkusTestResource(HubTestResource.class)
@QuarkusTestResource(OperationsUpstream.class)
class SkillClientsQuarkusTest {

    private static final Duration PATIENCE = Duration.ofSeconds(30);
    private static final String WEBSPACE = "skills";
    private static final String BROWSER = "test-skill-browser-key-0123456789";
    private static final Path TEMPLATE = Path.of("../deploy/skill-template");
    private static final Path EXAMPLE = Path.of("../deploy/skill-example/jobs_board");
    private static final ProjectionSlot NOW =
            ProjectionSlot.of(new WebspaceId(WEBSPACE), "lamp.now");
    private static final String LAMP = """
            {"data_projections": [
               {"scope": "subnet", "slot": "lamp.now",
                "targets": [{"backend": "yjs", "path": "data/lamp/now"}]}],
             "data_routes": [
               {"surface": "modal:lamp", "route": "details", "receiver": "lamp.log"},
               {"surface": "panel:lamp", "route": "stream", "receiver": "lamp.samples"}]}""";

    private static boolean isPrepared;

    /** Of one test; the container makes the instances, so that no extension can fill it. */
    private Path folder;

    @TestHTTPResource("/")
    URI server;

    @ConfigProperty(name = "hub.keys.file")
    Path keys;

    @BeforeEach
    void prepare() throws IOException {
        folder = Files.createTempDirectory(Path.of("target").toAbsolutePath(), "skill-");
        if (isPrepared) {
            return;
        }
        List<String> lines = new ArrayList<>();
        lines.add(SkillKeys.line(BROWSER, "user:browser", "webspace:" + WEBSPACE + ":read"));
        for (String skill : List.of("lamp", "climate", "jobs_board")) {
            lines.add(SkillKeys.line(key(skill), "skill:" + skill, "projection:write"));
        }
        SkillKeys.letIn(keys, lines, key("lamp"));
        given().auth().oauth2(TestKeys.ADMIN).put("/v1/webspaces/" + WEBSPACE);
        install(new ArtifactRef("skill", "lamp"), LAMP);
        for (Path each : List.of(TEMPLATE, EXAMPLE)) {
            ManifestFolder.Found found = new ManifestFolder(each).manifests().get(0);
            install(found.artifact(), found.json());
        }
        isPrepared = true;
    }

    @Test
    void javaClient_setsOnAnEventLoop_andSkipsWhatIsConfirmed() throws Exception {
        // Given
        Vertx vertx = Vertx.vertx();
        CompletableFuture<SetOutcome> onLoop = new CompletableFuture<>();
        try (HubSkill skill = connect()) {

            // When
            vertx.getOrCreateContext().runOnContext(go -> {
                assertTrue(Context.isOnEventLoopThread());
                onLoop.complete(skill.set(NOW, Map.of("on", true, "level", 3)));
            });

            // Then
            SetOutcome.Applied applied = assertInstanceOf(
                    SetOutcome.Applied.class, onLoop.get(20, TimeUnit.SECONDS));
            assertEquals("data/nodes/hub/lamp/now", applied.path());
            assertEquals(new SetOutcome.Unchanged(applied.generation()),
                    skill.set(NOW, Map.of("level", 3, "on", true)));
            assertEquals(SlotStatus.State.READY, skill.status(NOW).state());
            assertShown(Map.of("on", true, "level", 3L), applied.path());
            assertEquals("projection_rule_missing", assertInstanceOf(SetOutcome.Refused.class,
                    skill.set(ProjectionSlot.of(NOW.webspace(), "lamp.other"), 1))
                    .refusal().reason());
            assertTrue(skill.setDetails(ProjectionSlot.of(NOW.webspace(), "lamp.log"),
                    List.of("a")).isDurable());
        } finally {
            vertx.close().toCompletionStage().toCompletableFuture().get(20, TimeUnit.SECONDS);
        }
    }

    @Test
    void javaClient_thatWritesTooMuch_isHeldBack_andItsNewestValueArrives() {
        // Given
        List<CompletableFuture<SetOutcome>> outcomes = new ArrayList<>();
        try (HubSkill skill = connect()) {

            // When
            for (int i = 1; i <= 112; i++) {
                CompletionStage<SetOutcome> told =
                        skill.setAsync(NOW, i + "x".repeat(60_000));
                outcomes.add(told.toCompletableFuture());
                if (i % 16 == 0) {
                    outcomes.get(i - 1).orTimeout(60, TimeUnit.SECONDS).join();
                }
            }

            // Then
            List<SetOutcome> told = outcomes.stream()
                    .map(each -> each.orTimeout(60, TimeUnit.SECONDS).join()).toList();
            assertTrue(told.get(111).isDurable(), told.get(111)::toString);
            assertEquals(List.of(), told.stream().filter(each -> !each.isDurable()).toList());
            assertShown("112" + "x".repeat(60_000), "data/nodes/hub/lamp/now");
            assertBalanced("skill:lamp");
        }
    }

    @Test
    void javaClient_makesTheValueOfAStream_whenSomebodyListens() {
        // Given
        StreamReceiver samples = new StreamReceiver(NOW.webspace(), "lamp.samples");
        String topic = "webio.stream." + WEBSPACE + ".lamp.samples";
        AtomicInteger made = new AtomicInteger();
        try (HubSkill skill = connect()) {
            DirtyRouter router = skill.router().on(List.of("*"), samples,
                    dirty -> Map.of("n", made.incrementAndGet()));
            await().atMost(PATIENCE).until(() -> !skill.isWanted(samples));
            router.dirty("light");
            int madeForNobody = made.get();

            // When
            EventTestClient browser = EventTestClient.open(server, BROWSER).subscribe(topic);

            // Then
            assertEquals(0, madeForNobody);
            await().atMost(PATIENCE).until(() -> !browser.payloads(topic).isEmpty());
            await().atMost(PATIENCE).until(() -> skill.isWanted(samples));
            router.dirty("light");
            await().atMost(PATIENCE).until(() ->
                    browser.payloads(topic).contains("{\"n\":" + made.get() + "}"));
            assertTrue(made.get() > 1);
            browser.close();
            await().atMost(PATIENCE).until(() -> !skill.isWanted(samples));
        }
    }

    @Test
    void template_showsWhatItMeasures_andKeepsTheRestToItself() throws Exception {
        // Given
        Path copy = copy(TEMPLATE);

        // When
        List<String> said = run(copy, "climate", "3", "0");

        // Then
        assertEquals(3, said.size(), said::toString);
        assertTrue(said.get(2).contains("\"climate.now\": \"applied\""), said::toString);
        assertTrue(said.get(2).contains("\"climate.history\": \"applied\""), said::toString);
        assertShown(Map.of("celsius", 22L, "humidity", 42L), "data/nodes/hub/climate/now");
        assertEquals(3, given().auth().oauth2(BROWSER)
                .get("/v1/webspaces/" + WEBSPACE + "/details/climate.history")
                .jsonPath().getList("samples").size());
        assertTrue(Files.size(folder.resolve("history.json")) > 0);
    }

    @Test
    void example_writesAsFastAsItCan_andEndsWithItsLastValue() throws Exception {
        // Given
        Path copy = copy(EXAMPLE);

        // When
        List<String> said = run(copy, "jobs_board", "19");

        // Then
        assertEquals(1, said.size(), said::toString);
        assertShown(Map.of("done", 19L, "total", 19L), "data/nodes/hub/jobs_board/summary");
        Map<String, Integer> counters = assertBalanced("skill:jobs_board");
        assertTrue(counters.get("throttled_total") > 0, counters::toString);
        assertEquals(0, counters.get("refused"), counters::toString);
    }

    private HubSkill connect() {
        return HubSkill.connect(SkillSettings.of(server, key("lamp"))
                .within(Duration.ofMinutes(1)));
    }

    /** The document as a client of the socket has it. */
    private void assertShown(Object value, String path) {
        TestSocket browser = TestSocket.open(
                server, "/yws/" + WEBSPACE + "?token=" + BROWSER).ask();
        List<String> keysOfPath = List.of(path.split("/"));
        await().atMost(PATIENCE).untilAsserted(() ->
                assertEquals(value, browser.at(keysOfPath)));
        browser.close();
    }

    /** Everything that was tried has come to one end. */
    private Map<String, Integer> assertBalanced(String owner) {
        await().atMost(PATIENCE).until(() -> counters(owner).get("pending") == 0);
        Map<String, Integer> counters = counters(owner);
        assertEquals(counters.get("attempted_total"), counters.get("applied")
                + counters.get("coalesced") + counters.get("refused"), counters::toString);
        return counters;
    }

    private static Map<String, Integer> counters(String owner) {
        return given().auth().oauth2(TestKeys.ADMIN).get("/v1/governance/owners?limit=500")
                .path("items.find { it.owner == '" + owner + "' }.counters");
    }

    private static void install(ArtifactRef skill, String manifest) {
        InstalledShelf shelf = OperationsUpstream.get().shelf();
        shelf.publishManifest(skill, "1.0.0", manifest);
        shelf.install(skill, "1.0.0");
        await().until(() -> given().auth().oauth2(TestKeys.ADMIN)
                .get("/v1/projections/rules/skill/" + skill.id()).statusCode() == 200);
    }

    /** The handlers of a skill, with the client beside them. */
    private Path copy(Path skill) throws IOException {
        Path copy = Files.createDirectories(folder.resolve("handlers"));
        try (Stream<Path> files = Files.list(skill.resolve("handlers"))) {
            for (Path file : files.filter(each -> each.toString().endsWith(".py")).toList()) {
                Files.copy(file, copy.resolve(file.getFileName()));
            }
        }
        Path client = copy.resolve("hub_client.py");
        if (!Files.exists(client)) {
            Files.copy(TEMPLATE.resolve("handlers/hub_client.py"), client);
        }
        return copy;
    }

    /** Runs it to its end; the lines it printed. */
    private List<String> run(Path handlers, String skill, String... arguments)
            throws IOException, InterruptedException {
        List<String> command = new ArrayList<>(List.of("python3", "-B", "main.py"));
        command.addAll(List.of(arguments));
        Path out = folder.resolve("out.txt");
        Path err = folder.resolve("err.txt");
        ProcessBuilder builder = new ProcessBuilder(command).directory(handlers.toFile())
                .redirectOutput(out.toFile()).redirectError(err.toFile());
        builder.environment().putAll(Map.of("HUB_URL", server.toString(), "HUB_TOKEN", key(skill),
                "HUB_WEBSPACE", WEBSPACE, "SKILL_STATE_DIR", folder.toString()));
        Process process = builder.start();
        boolean isDone = process.waitFor(90, TimeUnit.SECONDS);
        process.destroyForcibly();
        assertTrue(isDone, "it still runs");
        assertEquals(0, process.exitValue(), Files.readString(err));
        return Files.readString(out, StandardCharsets.UTF_8).lines().toList();
    }

    private static String key(String skill) {
        return "test-client-key-of-" + skill + "-0123456789";
    }
}
