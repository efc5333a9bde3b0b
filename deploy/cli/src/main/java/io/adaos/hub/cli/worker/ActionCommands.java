package io.adaos.hub.cli.worker;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.TextNode;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/**
 * Actions that are local commands: the arguments come as JSON on standard input, standard output is
 * the value, standard error the log. There is no shell, and no command outlives its call.
 */
final class ActionCommands {

    static final int OUTPUT_BYTES_MAX = 250 << 10;

    private static final Duration KILL_AFTER = Duration.ofSeconds(2);
    private static final long LOOK_MILLIS = 50;

    private final Map<String, List<String>> commands;

    ActionCommands(Map<String, List<String>> commands) {
        this.commands = Map.copyOf(commands);
    }

    /** Runs the action's command to its end, or to that of the work. */
    JsonNode call(HeldWork work) throws IOException {
        String action = work.args().path("action").asText();
        List<String> command = commands.get(action);
        if (command == null) {
            throw TaskFailed.because("action_unknown", "This worker has no action " + action,
                    "Start it with --action " + action + "=COMMAND", false);
        }
        Process process = new ProcessBuilder(command).start();
        try {
            return call(work, process);
        } finally {
            end(process);
        }
    }

    private static JsonNode call(HeldWork work, Process process) throws IOException {
        Output output = new Output(process.getInputStream());
        Thread reader = started("action-output", output::read);
        Thread log = started("action-log", () -> follow(process.getErrorStream(), work));
        started("action-input", () -> give(process, work.args().path("args")));
        await(process, work, output);
        join(reader);
        join(log);
        if (output.isTooLarge) {
            throw TaskFailed.because("action_output_too_large", "The action wrote more than "
                    + OUTPUT_BYTES_MAX + " bytes", "Let it answer less", false);
        }
        if (process.exitValue() != 0) {
            throw TaskFailed.because("action_failed", "The action ended with exit code "
                    + process.exitValue(), "Look at the operation's log", true);
        }
        return output.value();
    }

    private static void await(Process process, HeldWork work, Output output) {
        try {
            while (!process.waitFor(LOOK_MILLIS, TimeUnit.MILLISECONDS)) {
                work.check();
                if (output.isTooLarge) {
                    end(process);
                }
                if (Instant.now().isAfter(work.deadline())) {
                    throw TaskFailed.because("action_timed_out",
                            "The action has not ended by the deadline of the operation",
                            "Ask for less, or retry", true);
                }
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            work.stop("the worker ends");
            work.check();
        }
    }

    /** With everything it has started. */
    private static void end(Process process) {
        List<ProcessHandle> all =
                Stream.concat(process.descendants(), Stream.of(process.toHandle())).toList();
        all.forEach(ProcessHandle::destroy);
        try {
            process.waitFor(KILL_AFTER.toMillis(), TimeUnit.MILLISECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        all.forEach(ProcessHandle::destroyForcibly);
    }

    private static void give(Process process, JsonNode args) {
        try (OutputStream in = process.getOutputStream()) {
            in.write(WorkClient.JSON.writeValueAsBytes(args));
        } catch (IOException e) {
            // a command need not read what it does not need
            return;
        }
    }

    private static void follow(InputStream errors, HeldWork work) {
        try (BufferedReader lines = new BufferedReader(
                new InputStreamReader(errors, StandardCharsets.UTF_8))) {
            StringBuilder line = new StringBuilder();
            for (int next = lines.read(); next >= 0; next = lines.read()) {
                if (next == '\n') {
                    work.log("info", line.toString());
                    line.setLength(0);
                } else if (line.length() < 1_000) {
                    line.append((char) next);
                }
            }
            if (!line.isEmpty()) {
                work.log("info", line.toString());
            }
        } catch (IOException e) {
            return;
        }
    }

    private static Thread started(String name, Runnable task) {
        Thread thread = new Thread(task, name);
        thread.setDaemon(true);
        thread.start();
        return thread;
    }

    /** What a command leaves behind may keep its output open; that is not waited for. */
    private static void join(Thread thread) {
        try {
            thread.join(KILL_AFTER.toMillis());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /** Standard output, up to the limit. */
    private static final class Output {

        private final InputStream from;
        private byte[] bytes = new byte[0];
        private volatile boolean isTooLarge;

        Output(InputStream from) {
            this.from = from;
        }

        void read() {
            try {
                byte[] read = from.readNBytes(OUTPUT_BYTES_MAX + 1);
                synchronized (this) {
                    bytes = read;
                }
                isTooLarge = read.length > OUTPUT_BYTES_MAX;
            } catch (IOException e) {
                return;
            }
        }

        /** JSON when it is JSON, else the text. */
        synchronized JsonNode value() {
            String text = new String(bytes, StandardCharsets.UTF_8).strip();
            try {
                JsonNode read = WorkClient.JSON.readTree(text);
                return read == null || read.isMissingNode() ? TextNode.valueOf(text) : read;
            } catch (JsonProcessingException e) {
                return TextNode.valueOf(text);
            }
        }
    }
}
