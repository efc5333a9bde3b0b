package io.adaos.hub.projection.crdt;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.IntStream;
import java.util.stream.LongStream;

/** Runs the scripts of a row of seeds, each worker with a yjs of its own. */
final class FuzzWorkers {
    private static final int BATCH = 20;
    private static final int FAILURES_MAX = 5;

    private final AtomicLong next;
    private final long end;
    private final FuzzCounts counts = new FuzzCounts();
    private final List<String> failures = new ArrayList<>();
    private final List<FuzzScript> kept = new ArrayList<>();

    FuzzWorkers(long seed, int histories) {
        this.next = new AtomicLong(seed);
        this.end = seed + histories;
    }

    FuzzCounts counts() {
        return counts;
    }

    /** Small scripts that fail. */
    List<FuzzScript> kept() {
        return kept;
    }

    /** What differed, each with its small script; empty when all is well. */
    List<String> run(int workers) {
        List<CompletableFuture<Void>> running = IntStream.range(0, workers)
                .mapToObj(i -> CompletableFuture.runAsync(this::work, task ->
                        new Thread(task, "fuzz-" + i).start()))
                .toList();
        running.forEach(CompletableFuture::join);
        return failures;
    }

    /** While yjs works on a batch, the one before it is checked. */
    private void work() {
        try (YjsProcess yjs = new YjsProcess()) {
            FuzzRun run = new FuzzRun(yjs);
            FuzzRun.Batch current = nextBatch(run);
            while (current != null) {
                FuzzRun.Batch following = nextBatch(run);
                List<FuzzScript> failed = current.failed();
                if (!failed.isEmpty()) {
                    if (following != null) {
                        failed.addAll(following.failed());
                    }
                    following = nextBatch(run);
                }
                current = following;
                if (!keep(failed)) {
                    break;
                }
            }
            synchronized (this) {
                counts.addAll(run.counts());
            }
        }
    }

    private FuzzRun.Batch nextBatch(FuzzRun run) {
        long from = next.getAndAdd(BATCH);
        List<FuzzScript> scripts = LongStream.range(from, Math.min(end, from + BATCH))
                .mapToObj(FuzzGenerator::script).toList();
        return scripts.isEmpty() ? null : run.new Batch(scripts);
    }

    /** Makes failing scripts small and keeps them; false when there are enough. */
    private boolean keep(List<FuzzScript> failed) {
        for (FuzzScript script : failed) {
            synchronized (this) {
                if (failures.size() >= FAILURES_MAX) {
                    return false;
                }
            }
            try (YjsProcess yjs = new YjsProcess()) {
                FuzzRun run = new FuzzRun(yjs);
                FuzzScript small = FuzzShrinker.shrink(script, candidate ->
                        run.failureOf(candidate).isPresent());
                String why = run.failureOf(small).orElse("fails no more");
                synchronized (this) {
                    failures.add(why + "\n" + small);
                    kept.add(small);
                }
            }
        }
        return true;
    }
}
