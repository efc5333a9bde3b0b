package io.adaos.hub.operations.diagnostics;

import static io.adaos.hub.operations.testing.OperationsBench.await;
import static io.adaos.hub.operations.testing.OperationsBench.command;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTimeout;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.adaos.hub.contracts.id.OperationId;
import io.adaos.hub.contracts.operation.OperationState;
import io.adaos.hub.contracts.operation.OperationStatus;
import io.adaos.hub.operations.execution.OperationRunner;
import io.adaos.hub.operations.testing.OperationsBench;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.zip.ZipEntry;
import java.util.zip.ZipInputStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What a bundle holds, on a real database. */
class DiagnosticsHandlerTest {

    private static final BundlePart HEALTH =
            BundlePart.ofJson("health/registry-sync-service.json", "{\"status\":\"ok\"}");

    @TempDir
    Path logs;
    private final OperationsBench bench = new OperationsBench();

    @AfterEach
    void close() {
        bench.close();
    }

    @Test
    void run_packsWhatAnswers_andNamesWhatDoesNot() throws IOException {
        // Given
        Files.writeString(logs.resolve("hub.log"), "started\nHUB_TOKEN=HIDDEN\n");
        Files.writeString(logs.resolve("notes.txt"), "no log");

        // When
        OperationState ended = run(Duration.ofHours(1), HEALTH,
                BundlePart.missing("health/marketplace-service.json", "no answer"));

        // Then
        assertEquals(OperationStatus.SUCCEEDED, ended.status(), ended::toString);
        assertEquals(List.of("health/marketplace-service.json"), ended.result().get("missing"));
        Map<String, String> files = unzipped(bundle(ended.operationId()).orElseThrow());
        assertEquals(List.of("health/registry-sync-service.json", "logs/hub.log",
                "manifest.json"), List.copyOf(files.keySet()));
        assertEquals("started\nHUB_TOKEN=***\n", files.get("logs/hub.log"));
        assertTrue(files.get("manifest.json").contains("no answer"));
        assertTrue(files.get("manifest.json").contains("java_version"));
    }

    @Test
    void longLog_isCutAtItsFront_andSaysSo() throws IOException {
        // Given
        Files.writeString(logs.resolve("hub.log"),
                "password=HIDDEN".repeat(10) + "x".repeat(LogTails.TAIL_BYTES - 10) + "\nlast\n");

        // When
        List<BundlePart> parts = new LogTails(Optional.of(logs)).read();

        // Then
        assertEquals("last\n", parts.get(0).text());
        assertTrue(parts.get(0).isCut());
    }

    @Test
    void lineWithoutEnd_isCut_andTakesNoLongTime() {
        // Given
        String line = "token:\"eyJ".repeat(100_000);

        // When
        BundlePart part = assertTimeout(Duration.ofSeconds(10),
                () -> BundlePart.of("logs/long.log", line, false));

        // Then
        assertTrue(part.text().length() < 10_000);
    }

    @Test
    void partsBeyondTheLimit_areNamedAsMissing() {
        // Given
        BundlePart large = BundlePart.of("logs/large.log", "x y\n".repeat(3 << 18), false);
        BundlePart tooMuch = BundlePart.of("logs/more.log", "x y\n".repeat(5 << 18), false);

        // When
        BundleWriter.Bundle bundle = BundleWriter.write(Map.of(), List.of(large, tooMuch));

        // Then
        assertEquals(List.of("logs/large.log"), bundle.present());
        assertEquals(List.of("logs/more.log"), bundle.missing());
        assertTrue(bundle.bytes().length <= BundleWriter.BYTES_MAX);
    }

    @Test
    void bundleThatHasExpired_isGone() {
        // Given
        OperationState ended = run(Duration.ofMillis(1), HEALTH);
        OperationsBench.sleep(5);

        // When
        Optional<byte[]> found = bundle(ended.operationId());

        // Then
        assertEquals(OperationStatus.SUCCEEDED, ended.status());
        assertFalse(found.isPresent());
    }

    private OperationState run(Duration keep, BundlePart... answers) {
        DiagnosticsHandler handler = new DiagnosticsHandler(() -> List.of(answers),
                new LogTails(Optional.of(logs)), store(keep),
                new DiagnosticsHandler.About("1", Clock.systemUTC(), keep));
        OperationRunner runner = bench.runner(List.of(handler), Duration.ofSeconds(30));
        runner.start();
        OperationState ended =
                bench.ended(bench.admitted(command("diagnostics.run", "hub", null, false)));
        runner.stop();
        return ended;
    }

    private Optional<byte[]> bundle(OperationId operation) {
        return await(store(Duration.ofHours(1)).find(operation));
    }

    private PgBundleStore store(Duration keep) {
        return new PgBundleStore(bench.transactions, new DiagnosticsConfig() {
            @Override
            public Optional<Path> logsDir() {
                return Optional.of(logs);
            }

            @Override
            public Duration keep() {
                return keep;
            }
        });
    }

    private static Map<String, String> unzipped(byte[] bundle) throws IOException {
        Map<String, String> files = new TreeMap<>();
        try (ZipInputStream zip = new ZipInputStream(new ByteArrayInputStream(bundle))) {
            for (ZipEntry entry = zip.getNextEntry(); entry != null; entry = zip.getNextEntry()) {
                files.put(entry.getName(),
                        new String(zip.readAllBytes(), StandardCharsets.UTF_8));
            }
        }
        return files;
    }
}
