package io.adaos.hub.bench.boundary;

import io.adaos.hub.bench.boundary.PacedOwner.Pace;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

/** One owner far above its budget beside others that stay within theirs, in one webspace. */
final class IsolationRun implements AutoCloseable {
    static final String WEBSPACE = "bench_isolation";

    /** Requests a second of each of the others: below the first mark. */
    private static final double OTHERS_RATE = 5;
    private static final double BEHAVING_RATE = 4;
    private static final double BEHAVING_SECONDS = 14;

    private final PacedOwner offender;
    private final List<PacedOwner> others = new ArrayList<>();
    private final Pace flood;
    private final ExecutorService threads = Executors.newCachedThreadPool();

    /** @param flood what the first skill does */
    IsolationRun(BenchSkills skills, Pace flood, LastValues last) {
        this.flood = flood;
        this.offender = new PacedOwner(skills, WEBSPACE, 0, last);
        for (int i = 1; i < skills.count(); i++) {
            others.add(new PacedOwner(skills, WEBSPACE, i, last));
        }
    }

    /**
     * What a round showed.
     *
     * @param quiet times of the others while the offender is silent
     * @param loud the same while it floods
     * @param flooded writes a second that it made
     * @param heldBackAfter seconds until it was first deferred or refused
     * @param freeAfter seconds of behaving until a write of it was applied at once
     */
    record Round(Percentiles quiet, Percentiles loud, double flooded, double heldBackAfter,
            double freeAfter) {

        double ratio() {
            return loud.millis(0.99) / quiet.millis(0.99);
        }
    }

    /** Quiet, flood, behaving again. */
    Round round() throws IOException, InterruptedException {
        Percentiles quiet = others(flood.seconds());
        long before = offender.written();
        long begin = System.nanoTime();
        Future<Percentiles> flooding = threads.submit(() -> offender.write(flood));
        Percentiles loud = others(flood.seconds());
        await(flooding);
        double flooded = (offender.written() - before) / ((System.nanoTime() - begin) / 1e9);
        double heldBackAfter = offender.heldBackAfter();
        offender.write(new Pace(BEHAVING_RATE, 1, BEHAVING_SECONDS));
        return new Round(quiet, loud, flooded, heldBackAfter, offender.freeAfter());
    }

    /** The others write, as they always do; their times together. */
    private Percentiles others(double seconds) throws IOException, InterruptedException {
        List<Future<Percentiles>> writing = new ArrayList<>();
        for (PacedOwner other : others) {
            writing.add(threads.submit(
                    () -> other.write(new Pace(OTHERS_RATE, 1, seconds))));
            Thread.sleep((long) (1_000 / OTHERS_RATE / others.size())); // not all at once
        }
        Percentiles all = new Percentiles();
        for (Future<Percentiles> one : writing) {
            all.addAll(await(one));
        }
        return all;
    }

    private static <T> T await(Future<T> future) throws IOException, InterruptedException {
        try {
            return future.get();
        } catch (ExecutionException e) {
            throw new IOException(e.getCause());
        }
    }

    PacedOwner offender() {
        return offender;
    }

    /** The offender and the others. */
    List<PacedOwner> everybody() {
        List<PacedOwner> everybody = new ArrayList<>(others);
        everybody.add(offender);
        return everybody;
    }

    @Override
    public void close() {
        threads.shutdownNow();
    }
}
