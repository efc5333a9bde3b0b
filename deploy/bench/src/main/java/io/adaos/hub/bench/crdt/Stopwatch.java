package io.adaos.hub.bench.crdt;

import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.List;

/** Takes times and hashes in the same way as {@code yjs.mjs}. */
final class Stopwatch {
    private static final double LONG_ENOUGH_MS = 25;
    private static final double NANOS_PER_MS = 1e6;

    private Stopwatch() {}

    /** Work that may refuse its input. */
    @FunctionalInterface
    interface Work {
        void run() throws Exception;
    }

    static double ms(Work work) throws Exception {
        long start = System.nanoTime();
        work.run();
        return (System.nanoTime() - start) / NANOS_PER_MS;
    }

    /** Time of one go, taken over as many as can be measured. */
    static double shortMs(Work work) throws Exception {
        int runs = 0;
        double ms = 0;
        while (ms < LONG_ENOUGH_MS) {
            ms += ms(work);
            runs++;
        }
        return ms / runs;
    }

    static String sha(List<byte[]> parts) {
        try {
            MessageDigest hash = MessageDigest.getInstance("SHA-256");
            parts.forEach(hash::update);
            return HexFormat.of().formatHex(hash.digest());
        } catch (NoSuchAlgorithmException e) {
            throw new AssertionError(e);
        }
    }

    static long sizeOf(List<byte[]> updates) {
        return updates.stream().mapToLong(update -> update.length).sum();
    }
}
