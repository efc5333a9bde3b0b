package io.adaos.hub.cli.up;

import io.adaos.hub.cli.Console;
import io.adaos.hub.cli.data.HubState;
import io.adaos.hub.cli.parts.ToolRunner;
import io.adaos.hub.cli.supervise.LogFile;
import java.io.File;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * Starts the supervisor as a process of its own session, shows what it says until the hub is
 * ready, and leaves it behind.
 */
final class DetachedStart {
    private static final long LOOK_MILLIS = 100;

    private final UpOptions options;
    private final Console console;
    private final PrintWriter errors;

    DetachedStart(UpOptions options, Console console, PrintWriter errors) {
        this.options = options;
        this.console = console;
        this.errors = errors;
    }

    int run() throws IOException {
        Path log = options.data().log("hub");
        LogFile said = new LogFile(log, Long.MAX_VALUE).fromHere();
        Process supervisor = launch(log);
        Thread abandon = new Thread(() -> stop(supervisor));
        Runtime.getRuntime().addShutdownHook(abandon);
        boolean failed = false;
        while (true) {
            boolean ended = !supervisor.isAlive();
            for (String logged : said.newLines()) {
                String line = Console.withoutTime(logged);
                failed = failed || line.startsWith("error:");
                show(line, failed);
            }
            if (ended) {
                Runtime.getRuntime().removeShutdownHook(abandon);
                return supervisor.exitValue() == 0
                        ? RunningHub.show(options, console) : supervisor.exitValue();
            }
            Optional<HubState> state = HubState.read(options.data())
                    .filter(now -> now.phase() == HubState.Phase.READY)
                    .filter(now -> now.pid() == supervisor.pid());
            if (state.isPresent()) {
                Runtime.getRuntime().removeShutdownHook(abandon);
                ReadyLines.show(state.get(), options.data(), console);
                return 0;
            }
            pause();
        }
    }

    private void show(String line, boolean error) {
        if (error) {
            errors.println(line);
            errors.flush();
        } else {
            console.show(line);
        }
    }

    private Process launch(Path log) throws IOException {
        List<String> command = new ArrayList<>();
        ToolRunner.find("setsid").ifPresent(setsid -> command.add(setsid.toString()));
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        command.addAll(smallJvm());
        command.addAll(List.of("-Dhub.root=" + options.home().projectRoot(),
                options.since().asProperty(),
                "-cp", System.getProperty("java.class.path"), "io.adaos.hub.cli.HubCommand",
                "up", "--supervisor", "--data", options.data().root().toString(),
                "--host", options.address().host(),
                "--port-base", Integer.toString(options.address().portBase())));
        if (!options.restart()) {
            command.add("--no-restart");
        }
        ProcessBuilder builder = new ProcessBuilder(command)
                .directory(options.data().root().toFile())
                .redirectInput(ProcessBuilder.Redirect.from(new File("/dev/null")))
                .redirectOutput(ProcessBuilder.Redirect.appendTo(log.toFile()))
                .redirectErrorStream(true);
        builder.environment().put("MALLOC_ARENA_MAX", "1");
        return builder.start();
    }

    /** The flags of this process, which the script chose with the supervisor in mind. */
    private static List<String> smallJvm() {
        String flags = System.getProperty("hub.jvm.flags", "").strip();
        return flags.isEmpty() ? List.of()
                : Stream.concat(Stream.of("-Dhub.jvm.flags=" + flags),
                        Arrays.stream(flags.split(" +"))).toList();
    }

    /** A Ctrl-C before the hub is ready takes back what was begun. */
    private static void stop(Process supervisor) {
        supervisor.destroy();
        try {
            supervisor.waitFor();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private static void pause() {
        try {
            Thread.sleep(LOOK_MILLIS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
