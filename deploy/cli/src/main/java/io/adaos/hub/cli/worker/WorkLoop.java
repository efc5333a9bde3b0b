package io.adaos.hub.cli.worker;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.adaos.hub.cli.Console;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.CancellationException;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;

/** Claims work, does it under its lease, and says what came of it, until it is told to end. */
final class WorkLoop implements Runnable {

    private static final Duration CLAIM_WAIT = Duration.ofSeconds(20);
    private static final Duration FIRST_PAUSE = Duration.ofMillis(500);
    private static final Duration LONGEST_PAUSE = Duration.ofSeconds(10);
    private static final int RELEASES_MAX = 3;

    private final WorkClient client;
    private final NodeFiles files;
    private final NodeTasks tasks;
    private final List<String> kinds;
    private final Console console;
    private final ScheduledExecutorService beats =
            Executors.newSingleThreadScheduledExecutor(task -> {
                Thread thread = new Thread(task, "heartbeat");
                thread.setDaemon(true);
                return thread;
            });
    private volatile boolean ending;
    private volatile HeldWork held;           // null while there is none
    private String complaint = "";
    private boolean inStep;

    /** What a loop works with. */
    record Parts(WorkClient client, NodeFiles files, NodeTasks tasks) {
    }

    WorkLoop(Parts parts, List<String> kinds, Console console) {
        this.client = parts.client();
        this.files = parts.files();
        this.tasks = parts.tasks();
        this.kinds = List.copyOf(kinds);
        this.console = console;
    }

    /** Takes no more work and gives back what it has; interrupt its thread, too. */
    void end() {
        ending = true;
        HeldWork now = held;
        if (now != null) {
            now.stop("the worker ends");
        }
    }

    @Override
    public void run() {
        Duration pause = FIRST_PAUSE;
        while (!ending) {
            try {
                round();
                pause = FIRST_PAUSE;
            } catch (IOException | RuntimeException e) {
                // whoever was cut off has missed what was settled meanwhile
                inStep = false;
                complain(e);
                sleep(pause);
                pause = longer(pause);
            }
        }
        beats.shutdownNow();
    }

    private void round() throws IOException {
        if (!inStep) {
            console.line("workspace agrees with the record: " + files.reconcile()
                    + " installed");
            inStep = true;
        }
        ObjectNode body = WorkClient.JSON.createObjectNode()
                .put("wait_seconds", CLAIM_WAIT.toSeconds());
        kinds.forEach(body.putArray("kinds")::add);
        WorkClient.Reply reply = client.post("claim", body, CLAIM_WAIT);
        if (!reply.isDone()) {
            throw new IOException("operations-service says " + reply.text());
        }
        complaint = "";
        if (reply.status() == 200) {
            work(new HeldWork(client, reply.body()));
        }
    }

    private void work(HeldWork work) {
        held = work;
        if (ending) {
            work.stop("the worker ends");
        }
        console.line("work " + work.task() + " of " + work.operation());
        ScheduledFuture<?> beat = beats.scheduleAtFixedRate(work::beat,
                work.heartbeat().toMillis(), work.heartbeat().toMillis(), TimeUnit.MILLISECONDS);
        try {
            work.check();
            JsonNode result = tasks.run(work);
            work.check();
            tell(work, WorkClient.JSON.createObjectNode().put("outcome", "succeeded")
                    .set("result", result));
        } catch (TaskFailed failure) {
            console.line("failed: " + failure.getMessage());
            tell(work, WorkClient.JSON.createObjectNode().put("outcome", "failed")
                    .set("error", failure.json()));
        } catch (CancellationException stopped) {
            stopped(work);
        } catch (RuntimeException e) {
            console.line("failed: " + e);
            tell(work, WorkClient.JSON.createObjectNode().put("outcome", "failed")
                    .set("error", TaskFailed.because("worker_broken", "The worker failed: " + e,
                            "Look at the worker's log", true).json()));
        } finally {
            beat.cancel(false);
            held = null;
        }
    }

    /** Given back when this worker ends; else it is somebody else's, or nobody's, by now. */
    private void stopped(HeldWork work) {
        console.line("stopped: " + work.whyStopped());
        if (ending) {
            giveBack(work);
        } else {
            inStep = false;
        }
    }

    /** The interrupt that ends this worker may come in the middle of it. */
    private void giveBack(HeldWork work) {
        for (int attempt = 0; attempt < RELEASES_MAX; attempt++) {
            Thread.interrupted();
            try {
                work.post("release", WorkClient.JSON.createObjectNode());
                return;
            } catch (IOException e) {
                console.line("not given back: " + e.getMessage());
            }
        }
    }

    /** Says it until it was heard, is refused, or nobody waits for it any more. */
    private void tell(HeldWork work, JsonNode outcome) {
        Duration pause = FIRST_PAUSE;
        Instant until = work.deadline().plus(LONGEST_PAUSE);
        while (!ending && Instant.now().isBefore(until)) {
            try {
                WorkClient.Reply reply = work.post("result", outcome);
                if (reply.isDone()) {
                    return;
                }
                if (!reply.isAway()) {
                    console.line("result refused: " + reply.text());
                    inStep = false;
                    return;
                }
            } catch (IOException e) {
                complain(e);
            }
            sleep(pause);
            pause = longer(pause);
        }
        if (ending) {
            stopped(work);
        }
    }

    /** A refused connection has no message. */
    private void complain(Exception cause) {
        String text = Objects.toString(cause.getMessage(), cause.getClass().getSimpleName());
        if (!ending && !text.equals(complaint)) {
            complaint = text;
            console.line("waiting: " + text);
        }
    }

    private static Duration longer(Duration pause) {
        Duration twice = pause.multipliedBy(2);
        return twice.compareTo(LONGEST_PAUSE) < 0 ? twice : LONGEST_PAUSE;
    }

    private void sleep(Duration pause) {
        try {
            Thread.sleep(pause.toMillis());
        } catch (InterruptedException e) {
            // only end() interrupts, and it has said so
            ending = true;
        }
    }
}
