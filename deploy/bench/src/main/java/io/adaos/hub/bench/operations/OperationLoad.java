package io.adaos.hub.bench.operations;

import io.adaos.hub.bench.boundary.Percentiles;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.LockSupport;

/** Starts operations that do nothing, each with a target and an idempotency key of its own. */
final class OperationLoad {
    private static final AtomicLong NEXT = new AtomicLong();

    private final String url;
    private final String token;

    OperationLoad(String operations, String token) {
        this.url = operations + "/v1/operations";
        this.token = token;
    }

    /**
     * What a run brought.
     *
     * @param refused answers that were not 202
     * @param answers from when a request was due to its answer
     */
    record Accepted(int accepted, int refused, double seconds, Percentiles answers) {

        double perSecond() {
            return accepted / seconds;
        }
    }

    /** Decides when the next request of a connection is due; negative ends the run. */
    private interface Pace {
        long nextNanos(int connection, int sent);
    }

    /** Every connection sends as soon as it has its answer. */
    Accepted closed(int connections, double seconds) throws InterruptedException {
        long end = System.nanoTime() + (long) (seconds * 1e9);
        return run(connections, (connection, sent) -> {
            long now = System.nanoTime();
            return now < end ? now : -1;
        });
    }

    /** Requests are due at a steady rate, whatever becomes of those before. */
    Accepted open(int connections, int rate, double seconds) throws InterruptedException {
        long start = System.nanoTime();
        long last = start + (long) (seconds * 1e9);
        return run(connections, (connection, sent) -> {
            long due = start + (long) ((sent * (double) connections + connection) * 1e9 / rate);
            return due < last ? due : -1;
        });
    }

    private Accepted run(int connections, Pace pace) throws InterruptedException {
        Percentiles answers = new Percentiles();
        AtomicInteger accepted = new AtomicInteger();
        AtomicInteger refused = new AtomicInteger();
        List<Thread> threads = new ArrayList<>();
        long start = System.nanoTime();
        for (int i = 0; i < connections; i++) {
            int number = i;
            Thread thread = new Thread(
                    () -> send(number, pace, answers, new AtomicInteger[] {accepted, refused}));
            thread.start();
            threads.add(thread);
        }
        for (Thread thread : threads) {
            thread.join();
        }
        return new Accepted(
                accepted.get(), refused.get(), (System.nanoTime() - start) / 1e9, answers);
    }

    private void send(int number, Pace pace, Percentiles answers, AtomicInteger[] counts) {
        try (PostConnection connection = new PostConnection(url, token)) {
            int sent = 0;
            for (long due = pace.nextNanos(number, sent); due >= 0;
                    due = pace.nextNanos(number, ++sent)) {
                while (System.nanoTime() < due) {
                    LockSupport.parkNanos(due - System.nanoTime());
                }
                String target = "n" + ProcessHandle.current().pid() + '_' + NEXT.getAndIncrement();
                int status = connection.post(target, body(target, 0));
                answers.add(System.nanoTime() - due);
                counts[status == 202 ? 0 : 1].incrementAndGet();
            }
        } catch (IOException e) {
            counts[1].incrementAndGet();
            System.err.println("a connection ended: " + e.getMessage());
        }
    }

    /** The request for one that does nothing for so long. */
    static String body(String target, int holdSeconds) {
        return "{\"kind\":\"bench.noop\",\"target_kind\":\"bench\",\"target_id\":\"" + target + '"'
                + (holdSeconds == 0 ? "" : ",\"params\":{\"hold_seconds\":" + holdSeconds + '}')
                + '}';
    }
}
