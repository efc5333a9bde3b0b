package io.adaos.hub.cli.check;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.adaos.hub.cli.HubCommand;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.Assertions;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import picocli.CommandLine;

class CheckSkillCommandTest {

    private static final String MANIFEST = """
            name: rain
            version: 1.0.0
            data_projections:
              - {scope: subnet, slot: rain.now, targets: [{backend: yjs, path: data/rain/now}]}
            """;

    @TempDir
    Path skill;

    private final StringWriter out = new StringWriter();
    private final StringWriter err = new StringWriter();

    @BeforeEach
    void write() throws IOException {
        Files.writeString(skill.resolve("skill.yaml"), MANIFEST);
        Files.createDirectories(skill.resolve("handlers"));
    }

    @ParameterizedTest(name = "{1}")
    @CsvSource(delimiter = '|', quoteCharacter = '~', value = {
        "declaration_in_code | _DATA_PROJECTION_ENTRIES = []",
        "declaration_in_code | ctx.projections.load_entries(entries)",
        "declaration_in_code | rules = {\"data_projections\": []}",
        "executor_bridge     | pool = ThreadPoolExecutor(max_workers=1)",
        "executor_bridge     | await loop.run_in_executor(None, work)",
        "executor_bridge     | asyncio.run(main())",
        "executor_bridge     | loop = asyncio.new_event_loop()",
        "executor_bridge     | asyncio.run_coroutine_threadsafe(c, loop)",
        "executor_bridge     | asyncio.create_task(ctx_subnet.set_async('rain.now', 1))",
        "default_webspace    | webspace_id = payload.get(\"webspace_id\") or \"desktop\"",
        "default_webspace    | def show(*, webspace_id: str = \"default\"):",
        "default_webspace    | ws = payload.get('webspace_id', 'desktop')",
        "default_webspace    | ws = str(given or default_webspace_id())",
        "neighbour_manifest  | path = Path(__file__).parent / \"skill.yaml\"",
        "neighbour_manifest  | open('../other_skill/scenario.yml')",
        "node_path           | path = f\"data/nodes/{node}/rain\"",
        "node_path           | doc['data']['nodes'][node]['rain'] = 1",
        "node_path           | modal = \"node:kitchen:rain_modal\"",
        "stream_routing      | topic = f'webio.stream.{ws}.rain.log'",
        "direct_yjs_write    | import y_py as Y",
        "direct_yjs_write    | with async_get_ydoc(ws) as doc:",
        "direct_yjs_write    | connect(\"ws://127.0.0.1:8084/yws/desktop\")",
        "pressure_guard      | if _projection_pressure_guard(ws): return",
        "pressure_guard      | _MIN_YJS_PROJECTION_INTERVAL_S = 2.0",
        "pressure_guard      | os.environ['ADAOS_YJS_LOAD_MARK_HIGH_BPS']",
        "pressure_guard      | _last_projected_fingerprints[ws] = digest"})
    void python_namesEachShim_withItsPlaceAndWayOut(String code, String line)
            throws IOException {
        // Given
        Files.writeString(skill.resolve("handlers/main.py"), "import os\n\n" + line + "\n");

        // When
        JsonNode report = json();

        // Then
        assertEquals(List.of(code + " handlers/main.py:3"), places(report), report::toString);
        assertFalse(report.at("/findings/0/remedy").asText().isBlank());
    }

    @ParameterizedTest(name = "{1}")
    @CsvSource(delimiter = '|', quoteCharacter = '~', value = {
        "declaration_in_code | var rule = new ProjectionRule(scope, slot);",
        "executor_bridge     | var pool = Executors.newFixedThreadPool(2);",
        "executor_bridge     | CompletableFuture.runAsync(() -> skill.set(slot, 1));",
        "default_webspace    | var ws = given.webspace().orElse(\"desktop\");",
        "default_webspace    | var ws = asked.webspace().orElse(WebspaceId.DESKTOP);",
        "neighbour_manifest  | Files.readString(folder.resolve(\"skill.yaml\"));",
        "node_path           | String path = \"data/nodes/\" + node;",
        "stream_routing      | String topic = \"webio.stream.\" + ws;",
        "direct_yjs_write    | var doc = new YDoc();",
        "pressure_guard      | private final PublishThrottle throttle;"})
    void java_namesEachShim(String code, String line) throws IOException {
        // Given
        Files.writeString(skill.resolve("handlers/Rain.java"), "/** data/nodes */\n" + line);

        // When
        JsonNode report = json();

        // Then
        assertEquals(List.of(code + " handlers/Rain.java:2"), places(report), report::toString);
    }

    @Test
    void skillThatKeepsToTheInterface_isClean() throws IOException {
        // Given
        Files.writeString(skill.resolve("handlers/main.py"), """
                \"""Shows rain. Says nothing of data/nodes or ThreadPoolExecutor.\"""
                import asyncio
                import threading

                def on_activated(hub, webspace):  # no default: webio.stream. is not for us
                    if webspace == "desktop":
                        threading.Thread(target=measure).start()
                    outcome = hub.set(webspace, "rain.now", {"mm": 3})
                    throttle_motor(outcome)
                    return asyncio.sleep(1)
                """);

        // When
        int exitCode = execute(skill.toString());

        // Then
        assertEquals(0, exitCode, out::toString);
        assertTrue(out.toString().contains("1 sources, 0 findings"), out.toString());
    }

    @Test
    void manifest_isReadAsAPushDoes() throws IOException {
        // Given
        Files.writeString(skill.resolve("skill.yaml"), MANIFEST + """
              - {scope: subnet, slot: rain.all, targets: [{backend: yjs, path: data/rain}]}
              - {scope: subnet, slot: rain.kv, targets: [{backend: kv}]}
            runtime:
              yjs:
                primary_doc:
                  direct_write: true
                  paths: [data/rain/old]
                  migration: {state: legacy, until: '2027-01-31', reason: moving}
            """.replace("\n            ", "\n"));

        // When
        JsonNode report = json();

        // Then
        assertEquals(List.of("projection_paths_overlap skill.yaml:0",
                "direct_yjs_write skill.yaml:0"), places(report), report::toString);
        assertTrue(report.at("/findings/0/what").asText().startsWith("data_projections[1]"));
        assertEquals("projection_backend_ignored", report.at("/warnings/0/code").asText());
    }

    @ParameterizedTest
    @ValueSource(strings = {"- a", "a: [", "a: &a [*a]", "a: 1\na: 2", "!!java.io.File [x]: 1", ""})
    void manifestThatIsNone_isAFinding(String yaml) throws IOException {
        // Given
        Files.writeString(skill.resolve("skill.yaml"), yaml);

        // When
        JsonNode report = json();

        // Then
        assertEquals(List.of("manifest_unreadable skill.yaml:0"), places(report));
    }

    @Test
    void noManifest_isAFinding() throws IOException {
        // Given
        Files.delete(skill.resolve("skill.yaml"));

        // When
        JsonNode report = json();

        // Then
        assertEquals(List.of("manifest_missing .:0"), places(report));
    }

    @Test
    void whatCannotBeChecked_isSaid_andTakesNoLongTime() throws IOException {
        // Given
        Files.writeString(skill.resolve("big.py"), "#".repeat((1 << 20) + 1));
        Files.writeString(skill.resolve("long.py"), "x = 1\n" + "yjs_guard".repeat(1_000));
        Files.writeString(skill.resolve("dense.py"),
                ("projection".repeat(190) + '\n').repeat(500));
        Files.writeString(skill.resolve("deep.yaml"), "x");
        Files.createSymbolicLink(skill.resolve("link.py"), skill.resolve("deep.yaml"));
        Files.writeString(skill.resolve("skill.yaml"), "a: " + "[".repeat(50_000));
        Files.createDirectories(skill.resolve("node_modules"));
        Files.writeString(skill.resolve("node_modules/x.py"), "import y_py\n");

        // When
        JsonNode report = Assertions.assertTimeout(Duration.ofSeconds(20), this::json);

        // Then
        assertEquals(List.of("not_checked big.py:0", "not_checked link.py:0",
                "not_checked long.py:2", "manifest_unreadable skill.yaml:0"),
                places(report).stream().sorted((a, b) -> {
                    String left = a.substring(a.indexOf(' '));
                    return left.compareTo(b.substring(b.indexOf(' ')));
                }).toList());
    }

    @Test
    void hostileNamesAndLines_cannotSteerATerminal() throws IOException {
        // Given
        Files.writeString(skill.resolve("a\u001b[31m.py"), "x = 'nodes/\u001b]0;t\u0007\u202e'\n");

        // When
        int exitCode = execute(skill.toString());

        // Then
        assertEquals(3, exitCode);
        assertFalse(out.toString().matches("(?s).*[\u001b\u0007\u202e].*"), out.toString());
        assertTrue(out.toString().contains("a?[31m.py:1: node_path"), out.toString());
    }

    @Test
    void findings_areShownWithTheirWayOut_andSetTheExitCode() throws IOException {
        // Given
        Files.writeString(skill.resolve("main.py"), "import y_py\n");

        // When
        int exitCode = execute(skill.toString());

        // Then
        assertEquals(3, exitCode);
        assertTrue(out.toString().startsWith(
                "main.py:1: direct_yjs_write: 'y_py' works on the shared document itself"),
                out.toString());
        assertTrue(out.toString().contains("  way out: Declare a slot"), out.toString());
        assertEquals("", err.toString());
    }

    @Test
    void template_isClean_andItsClientIsKnownByItsBytes() throws IOException {
        // Given
        Path template = Path.of("../skill-template");
        Path example = Path.of("../skill-example/jobs_board");

        // When
        int exitCode = execute(template.toString(), example.toString());

        // Then
        assertEquals(0, exitCode, out::toString);
        Path client = template.resolve("handlers/hub_client.py");
        Files.writeString(skill.resolve("hub_client.py"),
                Files.readString(client) + "# changed\n");
        assertEquals(3, execute(skill.toString()));
        assertTrue(out.toString().contains(": executor_bridge: 'run_in_executor'"));
    }

    private JsonNode json() throws IOException {
        execute(skill.toString(), "--json");
        return new ObjectMapper().readTree(out.toString());
    }

    private static List<String> places(JsonNode report) {
        List<String> places = new ArrayList<>();
        StreamSupport.stream(report.get("findings").spliterator(), false).forEach(finding ->
                places.add(finding.get("code").asText() + ' ' + finding.get("file").asText()
                        + ':' + finding.get("line").asInt()));
        return places;
    }

    private int execute(String... arguments) {
        List<String> line = new ArrayList<>(List.of("check-skill"));
        line.addAll(List.of(arguments));
        CommandLine commandLine = HubCommand.commandLine();
        commandLine.setOut(new PrintWriter(out, true));
        commandLine.setErr(new PrintWriter(err, true));
        return commandLine.execute(line.toArray(String[]::new));
    }
}
