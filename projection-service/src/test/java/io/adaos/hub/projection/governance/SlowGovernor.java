package io.adaos.hub.projection.governance;

import java.util.ArrayList;
import java.util.List;

/**
 * The rules for one owner again, as plainly as they can be said: all writes in a list, every sum
 * counted anew, every 100 ms looked at. Slow, and the measure of the fast one.
 */
final class SlowGovernor {

    private static final double[][] MARKS = {{32_768, 8}, {131_072, 32}, {262_144, 64}};
    private static final int WARN = 0;
    private static final int THROTTLE = 1;
    private static final int BLOCK = 2;

    /** A write that was attempted. */
    static final class Write {
        final long at;
        final long received;
        long bytes;
        int count = 1;

        Write(long at, long bytes) {
            this.at = at;
            this.received = bytes;
            this.bytes = bytes;
        }
    }

    /** A value that waits. */
    record Waiting(String path, String name, long bytes) {
    }

    private final List<Write> writes = new ArrayList<>();
    private final boolean[] in = new boolean[3];
    private final long[] below = {-1, -1, -1};
    private final List<Waiting> waiting = new ArrayList<>();
    private List<Waiting> out = List.of();
    private long notBefore;
    private long last;

    long attempted;
    long applied;
    long coalesced;
    long refused;

    /** The words for what should be decided. */
    String judge(String path, String name, long bytes, long now) {
        pass(now);
        Write write = new Write(now, bytes);
        writes.add(write);
        attempted++;
        for (int level = WARN; level <= BLOCK; level++) {
            in[level] |= reaches(level, 1, now);
            if (reaches(level, 0.8, now)) {
                below[level] = -1;
            }
        }
        if (received(now) > 8 * MARKS[BLOCK][0]) {
            refused++;
            return "refuse";
        }
        if (in[BLOCK]) {
            refused++;
            return "refuse until " + leaves(BLOCK, now);
        }
        if (in[THROTTLE] || !waiting.isEmpty() || !out.isEmpty()) {
            return defer(new Waiting(path, name, bytes), now);
        }
        return in[WARN] ? "warn" : "allow";
    }

    Write newest() {
        return writes.get(writes.size() - 1);
    }

    void correct(Write write, long bytes, int count, long now) {
        pass(now);
        write.bytes = bytes;
        write.count = count;
        fell(now);
    }

    String state(long now) {
        pass(now);
        if (in[BLOCK]) {
            return "block";
        }
        if (in[THROTTLE] || !waiting.isEmpty() || !out.isEmpty()) {
            return "throttle";
        }
        return in[WARN] ? "warn" : "ok";
    }

    /** The names of what is flushed now. */
    List<String> flush(long now) {
        pass(now);
        if (waiting.isEmpty() || !out.isEmpty() || in[BLOCK] || notBefore > now) {
            return List.of();
        }
        List<Waiting> batch = new ArrayList<>();
        long sum = 0;
        while (!waiting.isEmpty()
                && (batch.isEmpty() || sum + waiting.get(0).bytes() <= 131_072 * 0.35)) {
            sum += waiting.get(0).bytes();
            batch.add(waiting.remove(0));
        }
        out = batch;
        notBefore = now + Math.max(350, (long) Math.ceil(sum * 1000 / 131_072.0));
        return batch.stream().map(Waiting::name).toList();
    }

    /** The flush ends: applied, equal to the document, or to be tried again. */
    void flushed(String result, long now) {
        pass(now);
        List<Waiting> done = out;
        out = List.of();
        if (result.equals("applied")) {
            applied += done.size();
        } else if (result.equals("equal")) {
            coalesced += done.size();
        } else {
            notBefore = Math.max(notBefore, now + 350);
            for (int i = 0; i < done.size(); i++) {
                Waiting old = done.get(i);
                Waiting newer = waiting.stream().filter(value ->
                        value.path().equals(old.path())).findFirst().orElse(null);
                coalesced += newer == null ? 0 : 1;
                waiting.remove(newer);
                waiting.add(i, newer == null ? old : newer);
            }
        }
    }

    int pending() {
        return waiting.size() + out.size();
    }

    private String defer(Waiting value, long now) {
        if (waiting.isEmpty() && out.isEmpty()) {
            notBefore = Math.max(notBefore, now + 350);
        }
        for (int i = 0; i < waiting.size(); i++) {
            if (waiting.get(i).path().equals(value.path())) {
                if (sum() - waiting.get(i).bytes() + value.bytes() > 1 << 20) {
                    refused++;
                    return "full";
                }
                waiting.set(i, value);
                coalesced++;
                return "defer";
            }
        }
        if (waiting.size() == 256 || sum() + value.bytes() > 1 << 20) {
            refused++;
            return "full";
        }
        waiting.add(value);
        return "defer";
    }

    private long sum() {
        return waiting.stream().mapToLong(Waiting::bytes).sum();
    }

    /** Looks at every 100 ms since the last time. */
    private void pass(long now) {
        for (long at = last / 100 * 100 + 100; last > 0 && at <= now; at += 100) {
            fell(at);
        }
        last = now;
        for (int level = WARN; level <= BLOCK; level++) {
            if (in[level] && below[level] >= 0 && now - below[level] >= 3_000) {
                in[level] = false;
            }
        }
    }

    private void fell(long at) {
        for (int level = WARN; level <= BLOCK; level++) {
            if (below[level] < 0 && !reaches(level, 0.8, at)) {
                below[level] = at;
            }
        }
    }

    private long leaves(int level, long now) {
        long at = below[level];
        for (long next = now; at < 0; next += 100) {
            if (!reaches(level, 0.8, next)) {
                at = Math.max(now, next / 100 * 100);
            }
        }
        return at + 3_000;
    }

    private boolean reaches(int level, double factor, long at) {
        long bytes = 0;
        long count = 0;
        for (Write write : writes) {
            if (write.at / 100 > at / 100 - 50) {
                bytes += write.bytes;
                count += write.count;
            }
        }
        return bytes >= MARKS[level][0] * factor * 5 || count >= MARKS[level][1] * factor * 5;
    }

    private long received(long at) {
        return writes.stream().filter(write -> write.at / 100 > at / 100 - 10)
                .mapToLong(write -> write.received).sum();
    }
}
