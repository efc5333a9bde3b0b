package io.adaos.hub.projection.crdt;

import static org.junit.jupiter.api.Assertions.assertTrue;

import io.adaos.hub.projection.crdt.codec.MalformedUpdateException;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/**
 * Real updates broken at random: refused without a trace or taken as a whole, at a cost in
 * proportion, and never where yjs throws.
 *
 * <p>The system properties {@code fuzz.mutations} and {@code fuzz.seed} say how many and where to
 * begin.
 */
class MutatedUpdateTest {
    private static final int CHUNK = 10_000;
    private static final int SAMPLE_EVERY = 50;

    @Test
    @Timeout(value = 1, unit = TimeUnit.HOURS, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
    void mutatedUpdates_refusedOrTaken_documentStaysWhole() throws MalformedUpdateException {
        // Given
        int mutations = Integer.getInteger("fuzz.mutations", 20_000);
        long seed = Long.getLong("fuzz.seed", 1);
        long started = System.nanoTime();
        MutationRun run = new MutationRun(seed, SAMPLE_EVERY);

        // When
        try (YjsProcess yjs = new YjsProcess()) {
            MutationJudge judge = new MutationJudge(yjs);
            for (int done = 0; done < mutations; done += CHUNK) {
                run.runTo(Math.min(mutations, done + CHUNK));
                judge.judge(run.takeSamples());
            }
            System.out.printf("fuzz: seed %d, %.1f s, %s, %s%n", seed,
                    (System.nanoTime() - started) / 1e9, run, judge);

            // Then: what went wrong was thrown with the bytes that did it
            assertTrue(run.refused() > mutations / 4 && judge.takenByBoth() > 0);
        }
    }
}
