package io.adaos.hub.sdk.wire;

import java.time.Duration;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.SynchronousQueue;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * The threads of one client, all of them daemons: whoever calls never lends its own. Answers are
 * worked on by threads that are made when needed, at most as many as there are requests and
 * callers' continuations at work, so that a continuation may itself wait for an answer.
 */
public final class ClientThreads implements AutoCloseable {

    private static final long IDLE_SECONDS = 10;

    private final ExecutorService pool;
    private final ScheduledThreadPoolExecutor timer;
    private volatile boolean isClosed;

    public ClientThreads(String name) {
        AtomicInteger number = new AtomicInteger();
        ThreadFactory daemons = work -> {
            Thread thread = new Thread(work, name + '-' + number.incrementAndGet());
            thread.setDaemon(true);
            return thread;
        };
        pool = new ThreadPoolExecutor(0, Integer.MAX_VALUE, IDLE_SECONDS, TimeUnit.SECONDS,
                new SynchronousQueue<>(), daemons);
        timer = new ScheduledThreadPoolExecutor(1, daemons);
        timer.setRemoveOnCancelPolicy(true);
    }

    /** For work that may wait. */
    public ExecutorService pool() {
        return pool;
    }

    /** Nanoseconds of a clock that never goes back. */
    public long now() {
        return System.nanoTime();
    }

    /** Runs work on the pool after a while; not at all once the client is closed. */
    public void after(Duration wait, Runnable work) {
        try {
            timer.schedule(() -> pool.execute(work),
                    Math.max(0, wait.toNanos()), TimeUnit.NANOSECONDS);
        } catch (RejectedExecutionException e) {
            // Closed: there is nobody left to do it for.
            return;
        }
    }

    public boolean isClosed() {
        return isClosed;
    }

    @Override
    public void close() {
        isClosed = true;
        // The pool ends by itself: what is under way comes to its end, idle threads go.
        timer.shutdownNow();
    }

    /** What kept an answer away, in one line. */
    public static String reason(Throwable failure) {
        Throwable cause = failure;
        while (cause instanceof CompletionException && cause.getCause() != null) {
            cause = cause.getCause();
        }
        return cause.getMessage() == null || cause.getMessage().isBlank()
                ? cause.getClass().getSimpleName() : cause.getMessage();
    }
}
