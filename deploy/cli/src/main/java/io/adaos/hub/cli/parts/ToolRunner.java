package io.adaos.hub.cli.parts;

import io.adaos.hub.cli.Console;
import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;

/** Runs tools of the machine to their end, one at a time; what they say goes to a log file. */
public final class ToolRunner {
    private static final long HEARTBEAT_SECONDS = 10;

    private final Console console;
    private volatile Optional<Process> running = Optional.empty();
    private volatile boolean cancelled;

    public ToolRunner(Console console) {
        this.console = console;
    }

    /** One run of a tool; {@code what} names it in the progress lines. */
    public record Call(String what, List<String> command, Path workFolder,
            Map<String, String> environment, Path log) {}

    /** Returns the exit code. */
    public int run(Call call) throws IOException {
        ProcessBuilder builder = new ProcessBuilder(call.command())
                .directory(call.workFolder().toFile())
                .redirectInput(ProcessBuilder.Redirect.from(new File("/dev/null")))
                .redirectOutput(ProcessBuilder.Redirect.appendTo(call.log().toFile()))
                .redirectErrorStream(true);
        // Who started us from an npm script must not decide what the panel's own npm installs.
        builder.environment().keySet().removeIf(name -> name.startsWith("npm_"));
        builder.environment().putAll(call.environment());
        Process process = builder.start();
        running = Optional.of(process);
        try {
            if (cancelled) {
                cancel();
            }
            return await(process, call.what());
        } catch (InterruptedException e) {
            cancel();
            Thread.currentThread().interrupt();
            throw new IOException("interrupted: " + call.what(), e);
        } finally {
            running = Optional.empty();
        }
    }

    /** Ends the tool that runs now and every later one. */
    public void cancel() {
        cancelled = true;
        running.ifPresent(process -> {
            process.descendants().forEach(ProcessHandle::destroy);
            process.destroy();
        });
    }

    /** The last lines of a log, for a message. */
    public static String tail(Path log, int lines) {
        try {
            List<String> all = Files.readString(log).lines().toList();
            return String.join(System.lineSeparator() + "    ",
                    all.subList(Math.max(0, all.size() - lines), all.size()));
        } catch (IOException e) {
            return "(" + log + " cannot be read)";
        }
    }

    /** The program of this name on PATH, or in one of the folders that only root has there. */
    public static Optional<Path> find(String program) {
        String path = System.getenv().getOrDefault("PATH", "")
                + File.pathSeparator + "/usr/local/sbin:/usr/sbin:/sbin:/usr/local/bin";
        for (String folder : path.split(File.pathSeparator)) {
            Path file = Path.of(folder, program);
            if (!folder.isEmpty() && Files.isExecutable(file) && Files.isRegularFile(file)) {
                return Optional.of(file.toAbsolutePath());
            }
        }
        return Optional.empty();
    }

    private int await(Process process, String what) throws InterruptedException {
        long start = System.nanoTime();
        while (!process.waitFor(HEARTBEAT_SECONDS, TimeUnit.SECONDS)) {
            console.line("  still " + what + ", " + (System.nanoTime() - start) / 1_000_000_000
                    + " s");
        }
        return process.exitValue();
    }
}
