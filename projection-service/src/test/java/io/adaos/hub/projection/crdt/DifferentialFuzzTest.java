package io.adaos.hub.projection.crdt;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/**
 * Random histories that real yjs and ours go through together, and must come out of alike.
 *
 * <p>The system properties {@code fuzz.histories} and {@code fuzz.seed} say how many and where to
 * begin; a history that fails is made small and kept, and the kept ones are run first.
 */
class DifferentialFuzzTest {
    private static final Path KEPT = Path.of("src/test/resources/crdt/fuzz/kept.jsonl");
    private static final int WORKERS = 2;

    @Test
    void keptScripts_runAgain_nothingDiffers() throws IOException {
        // Given
        List<FuzzScript> scripts = Files.readAllLines(KEPT).stream()
                .map(FuzzScript::parse).toList();
        List<String> failures = new ArrayList<>();

        // When
        try (YjsProcess yjs = new YjsProcess()) {
            for (FuzzScript script : scripts) {
                new FuzzRun(yjs).failureOf(script).ifPresent(why ->
                        failures.add(why + "\n" + script));
            }
        }

        // Then
        System.out.println("fuzz: kept scripts " + scripts.size());
        assertEquals(List.of(), failures);
    }

    @Test
    void randomHistories_ofBothSides_nothingDiffers() throws IOException {
        // Given
        int histories = Integer.getInteger("fuzz.histories", 600);
        long seed = Long.getLong("fuzz.seed", 1);
        long started = System.nanoTime();

        // When
        FuzzWorkers workers = new FuzzWorkers(seed, histories);
        List<String> failures = workers.run(WORKERS);

        // Then
        System.out.printf("fuzz: seeds %d to %d, %.1f s, failures %d, %s%n", seed,
                seed + histories - 1, (System.nanoTime() - started) / 1e9, failures.size(),
                workers.counts());
        for (FuzzScript script : workers.kept()) {
            Files.writeString(KEPT, script + "\n", StandardCharsets.UTF_8,
                    StandardOpenOption.APPEND);
        }
        assertEquals(List.of(), failures);
        assertEquals(histories, workers.counts().histories);
    }
}
