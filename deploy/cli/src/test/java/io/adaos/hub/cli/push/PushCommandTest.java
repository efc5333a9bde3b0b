package io.adaos.hub.cli.push;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.sun.net.httpserver.HttpServer;
import io.adaos.hub.cli.HubCommand;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Deque;
import java.util.List;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import picocli.CommandLine;

class PushCommandTest {
    private static final String CREATED = "{\"kind\":\"skill\",\"id\":\"w\",\"version\":\"1.0.0\","
            + "\"digest\":\"sha256:ab\",\"created\":true,\"warnings\":[{\"path\":\"tags\","
            + "\"message\":\"empty\"}]}";

    @TempDir
    Path folder;

    private final StringWriter out = new StringWriter();
    private final StringWriter err = new StringWriter();
    private final List<String> requests = new ArrayList<>();
    private final Deque<Answer> answers = new ArrayDeque<>();
    private HttpServer server;
    private Path skill;

    private record Answer(int status, String body) {}

    @BeforeEach
    void start() throws IOException {
        skill = folder.resolve("weather_skill");
        Files.createDirectories(skill);
        Files.writeString(skill.resolve("skill.yaml"), "name: weather\nversion: 1.0.0\n");
        server = HttpServer.create(
                new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.createContext("/", exchange -> {
            String body = new String(exchange.getRequestBody().readAllBytes(),
                    StandardCharsets.ISO_8859_1);
            requests.add(exchange.getRequestMethod() + " " + exchange.getRequestURI() + "\n"
                    + exchange.getRequestHeaders().getFirst("Authorization") + "\n" + body);
            Answer answer = answers.size() > 1 ? answers.poll() : answers.peek();
            byte[] bytes = answer.body().getBytes(StandardCharsets.UTF_8);
            exchange.sendResponseHeaders(answer.status(), bytes.length);
            exchange.getResponseBody().write(bytes);
            exchange.close();
        });
        server.start();
    }

    @AfterEach
    void stop() {
        server.stop(0);
    }

    @Test
    void push_folder_sendsNameAndArchiveAndPrintsOneLine() {
        // Given
        answers.add(new Answer(201, CREATED));

        // When
        int exitCode = push(skill.toString(), "--node", "node-7");

        // Then
        assertEquals(0, exitCode);
        String request = requests.get(0);
        assertTrue(request.startsWith("POST /v1/skills\nBearer secret\n"), request);
        assertTrue(request.contains("name=\"name\""), request);
        assertTrue(request.contains("\r\nweather_skill\r\n"), request);
        assertTrue(request.contains("\r\nnode-7\r\n"), request);
        assertTrue(request.contains("name=\"archive\"; filename=\"weather_skill.tar.gz\""));
        assertEquals(List.of("skill  w  1.0.0  sha256:ab  created", "  warning: tags: empty"),
                out.toString().lines().toList());
    }

    @Test
    void push_identicalAndDryRun_sayWhatHappened() {
        // Given
        answers.add(new Answer(200, CREATED.replace("true", "false")));

        // When
        int identical = push(skill.toString());
        int dryRun = push(skill.toString(), "--dry-run");

        // Then
        assertEquals(0, identical + dryRun);
        assertTrue(out.toString().contains("identical"), out.toString());
        assertTrue(out.toString().contains("nothing stored"), out.toString());
        assertTrue(requests.get(1).startsWith("POST /v1/skills?dry_run=true"));
    }

    @ParameterizedTest
    @CsvSource({"400,x,3", "413,x,3", "415,x,3", "422,manifest_rejected,3", "409,x,4", "401,x,5",
        "403,forbidden,5", "403,policy_violation,6", "429,x,75", "500,x,75", "503,x,75",
        "404,not_found,2"})
    void push_refusal_mapsToItsExitCode(int status, String code, int expected) {
        // Given
        answers.add(new Answer(status, "{\"detail\":\"why\",\"code\":\"" + code + "\"}"));

        // When
        int exitCode = push(skill.toString());

        // Then
        assertEquals(expected, exitCode);
        assertTrue(err.toString().contains("why (HTTP " + status), err.toString());
    }

    @Test
    void push_problemBody_isPrintedWithEveryFaultAndRemedy() {
        // Given
        answers.add(new Answer(422, "{\"title\":\"t\",\"detail\":\"2 faults\",\"remedy\":\"fix\","
                + "\"code\":\"manifest_rejected\",\"correlation_id\":\"c-1\",\"errors\":["
                + "{\"path\":\"version\",\"message\":\"missing\",\"remedy\":\"add it\"},"
                + "{\"path\":\"tags[0]\",\"message\":\"no text\"}]}"));

        // When
        push(skill.toString());

        // Then
        assertEquals(List.of("error: " + skill + ": 2 faults (HTTP 422 manifest_rejected)",
                "  version: missing -> add it", "  tags[0]: no text", "  way out: fix",
                "  correlation id: c-1"), err.toString().lines().toList());
    }

    @Test
    void push_nobodyListens_isTryAgain() {
        // Given
        server.stop(0);

        // When
        int exitCode = push(skill.toString());

        // Then
        assertEquals(75, exitCode);
        assertTrue(err.toString().contains("./hub up --detach"), err.toString());
    }

    @Test
    void push_severalArtifacts_goesOnAndTheFaultOutweighsTheDelay() throws IOException {
        // Given
        Path scenario = folder.resolve("evening");
        Files.createDirectories(scenario);
        Files.writeString(scenario.resolve("scenario.yaml"), "id: evening\n");
        answers.add(new Answer(503, "busy"));
        answers.add(new Answer(409, "{\"detail\":\"taken\"}"));

        // When
        int exitCode = push(skill.toString(), scenario.toString());

        // Then
        assertEquals(4, exitCode);
        assertTrue(requests.get(1).startsWith("POST /v1/scenarios\n"));
    }

    @Test
    void push_zip_goesAsItIsToTheKindItHolds() throws IOException {
        // Given
        Path zip = folder.resolve("e.zip");
        try (ZipOutputStream archive = new ZipOutputStream(Files.newOutputStream(zip))) {
            archive.putNextEntry(new ZipEntry("evening/scenario.yaml"));
        }
        answers.add(new Answer(201, CREATED));

        // When
        int exitCode = push(zip.toString());

        // Then
        assertEquals(0, exitCode);
        assertTrue(requests.get(0).startsWith("POST /v1/scenarios\n"), requests.get(0));
        assertFalse(requests.get(0).contains("name=\"name\""));
    }

    @ParameterizedTest
    @CsvSource({"nothing-there,2", "empty,3", "two,3", "wrong.txt,2", "broken.zip,3",
        "broken.tar.gz,3"})
    void push_noArtifact_isRefusedHere(String name, int expected) throws IOException {
        // Given
        Files.createDirectories(folder.resolve("empty"));
        Files.createDirectories(folder.resolve("two"));
        Files.writeString(folder.resolve("two/skill.yaml"), "");
        Files.writeString(folder.resolve("two/scenario.yaml"), "");
        for (String file : new String[] {"wrong.txt", "broken.zip", "broken.tar.gz"}) {
            Files.writeString(folder.resolve(file), "no archive");
        }

        // When
        int exitCode = push(folder.resolve(name).toString());

        // Then
        assertEquals(expected, exitCode);
        assertTrue(err.toString().startsWith("error: "), err.toString());
        assertEquals(List.of(), requests);
    }

    @Test
    void push_json_printsOneObjectPerArtifact() {
        // Given
        answers.add(new Answer(201, CREATED));

        // When
        push(skill.toString(), folder.resolve("weather_skill").toString(), "--json");

        // Then
        List<String> lines = out.toString().lines().toList();
        assertEquals(2, lines.size());
        assertTrue(lines.get(0).contains("\"outcome\":\"done\""), lines.get(0));
        assertTrue(lines.get(0).contains("\"digest\":\"sha256:ab\""), lines.get(0));
    }

    @Test
    void push_noTokenAnywhere_isNotAllowed() {
        // Given
        String data = folder.resolve("no-hub").toString();

        // When
        int exitCode = execute("push", skill.toString(), "--token", " ", "--data", data);

        // Then
        assertEquals(5, exitCode);
        assertTrue(err.toString().contains("HUB_TOKEN"), err.toString());
    }

    private int push(String... arguments) {
        List<String> all = new ArrayList<>(List.of("push", "--token", "secret", "--url",
                "http://127.0.0.1:" + server.getAddress().getPort() + "/"));
        all.addAll(Arrays.asList(arguments));
        return execute(all.toArray(String[]::new));
    }

    private int execute(String... arguments) {
        CommandLine commandLine = HubCommand.commandLine();
        commandLine.setOut(new PrintWriter(out, true));
        commandLine.setErr(new PrintWriter(err, true));
        return commandLine.execute(arguments);
    }
}
