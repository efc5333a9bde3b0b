package io.adaos.hub.cli.worker;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.adaos.hub.cli.Console;
import io.adaos.hub.runtime.archive.ContentDigest;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class WorkLoopTest {

    private static final String MANIFEST = "name: lamp\nversion: 1.0.0\n";

    @TempDir
    Path folder;

    private ScriptedService service;
    private WorkLoop loop;
    private Thread thread;

    @BeforeEach
    void open() throws IOException {
        service = new ScriptedService();
    }

    @AfterEach
    void close() throws InterruptedException {
        if (loop != null) {
            end();
        }
        service.close();
    }

    @Test
    void action_getsItsArguments_andItsOutputIsTheValue() throws Exception {
        // Given
        start(Map.of("echo", List.of("cat")));

        // When
        service.offer("invoke", action("echo"));
        JsonNode result = service.heard("result");

        // Then
        assertEquals("succeeded", result.path("outcome").asText());
        assertEquals(7, result.path("result").path("value").path("n").asInt());
    }

    @ParameterizedTest
    @CsvSource({"broken, action_failed", "huge, action_output_too_large",
        "unknown, action_unknown"})
    void actionThatFails_saysHow(String name, String type) throws Exception {
        // Given
        start(Map.of("broken", List.of("cat", "/nothing/there"),
                "huge", List.of("head", "-c", "300000", "/dev/zero")));

        // When
        service.offer("invoke", action(name));
        JsonNode result = service.heard("result");

        // Then
        assertEquals("failed", result.path("outcome").asText());
        assertEquals(type, result.path("error").path("type").asText());
    }

    @Test
    void cancelledAction_isKilled_andTheWorkerGoesOn() throws Exception {
        // Given
        start(Map.of("slow", List.of("sleep", "600"), "echo", List.of("cat")));
        service.cancels = true;

        // When
        service.offer("invoke", action("slow"));
        service.heard("heartbeat");
        service.cancels = false;
        service.offer("invoke", action("echo"));
        JsonNode result = service.heard("result");

        // Then
        assertEquals("succeeded", result.path("outcome").asText());
        assertFalse(ProcessHandle.current().children()
                .anyMatch(child -> child.info().command().orElse("").endsWith("sleep")));
    }

    @Test
    void workerThatEnds_givesItsWorkBack() throws Exception {
        // Given
        start(Map.of("slow", List.of("sleep", "600")));
        service.offer("invoke", action("slow"));
        service.heard("heartbeat");

        // When
        end();

        // Then
        assertTrue(service.heard("release").isObject());
    }

    @Test
    void serviceThatIsAway_isAskedAgain() throws Exception {
        // Given
        service.away = 2;
        service.offer("invoke", action("echo"));

        // When
        start(Map.of("echo", List.of("cat")));

        // Then
        assertEquals("succeeded", service.heard("result").path("outcome").asText());
    }

    @Test
    void stagedVersion_isLinkedAsRecorded_andRestoredWhenItIsGone() throws Exception {
        // Given
        byte[] archive = archive();
        String digest = digest(archive);
        String content = contentDigest();
        service.served.put("/v1/blobs/" + digest, archive);
        service.served.put("/v1/skills/lamp/versions/1.0.0",
                ("{\"digest\":\"" + digest + "\"}").getBytes());
        ObjectNode args = WorkClient.JSON.createObjectNode().put("kind", "skill")
                .put("name", "lamp").put("version", "1.0.0").put("digest", digest)
                .put("content_digest", content);
        start(Map.of());

        // When
        service.offer("stage", args);
        JsonNode staged = service.heard("result");
        service.record("skill", "lamp", content);
        service.offer("link", args);
        JsonNode linked = service.heard("result");
        end();
        Folders.delete(folder.resolve("workspace/.store/skill"));
        start(Map.of());
        service.offer("collect", args);
        service.heard("result");

        // Then
        assertEquals(content, staged.path("result").path("content_digest").asText());
        assertEquals(content, linked.path("result").path("content_digest").asText());
        assertEquals(MANIFEST,
                Files.readString(folder.resolve("workspace/skills/lamp/skill.yaml")));
    }

    @Test
    void archiveThatIsNotTheOneOrdered_isRefused() throws Exception {
        // Given
        byte[] archive = archive();
        String digest = digest(archive);
        service.served.put("/v1/blobs/" + digest, archive);
        start(Map.of());

        // When
        service.offer("stage", WorkClient.JSON.createObjectNode().put("kind", "skill")
                .put("name", "lamp").put("version", "1.0.0").put("digest", digest)
                .put("content_digest", "sha256:" + "0".repeat(64)));
        JsonNode result = service.heard("result");

        // Then
        assertEquals("content_digest_mismatch", result.path("error").path("type").asText());
        assertFalse(Files.exists(folder.resolve("workspace/skills/lamp")));
    }

    private void start(Map<String, List<String>> commands) {
        NodeFiles files = new NodeFiles("kitchen", folder.resolve("workspace"),
                service.client());
        loop = new WorkLoop(new WorkLoop.Parts(service.client(), files,
                new NodeTasks(files, new ActionCommands(commands))),
                List.of("action.invoke"), Console.unseen());
        thread = new Thread(loop, "worker");
        thread.start();
    }

    private void end() throws InterruptedException {
        loop.end();
        thread.interrupt();
        thread.join(30_000);
        assertFalse(thread.isAlive());
        loop = null;
    }

    private static ObjectNode action(String name) {
        ObjectNode args = WorkClient.JSON.createObjectNode().put("action", name);
        args.putObject("args").put("n", 7);
        return args;
    }

    private static byte[] archive() throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (ZipOutputStream zip = new ZipOutputStream(bytes)) {
            zip.putNextEntry(new ZipEntry("skill.yaml"));
            zip.write(MANIFEST.getBytes());
            zip.closeEntry();
        }
        return bytes.toByteArray();
    }

    private String digest(byte[] archive) throws IOException {
        return ContentDigest.ofFile(Files.write(folder.resolve("archive.zip"), archive));
    }

    private String contentDigest() throws IOException {
        Path files = Files.createDirectories(folder.resolve("files"));
        Files.writeString(files.resolve("skill.yaml"), MANIFEST);
        return ContentDigest.ofDirectory(files);
    }
}
