package io.adaos.hub.cli.supervise;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * Starts children in sessions of their own, their output straight into their log files: a Ctrl-C
 * in the terminal reaches the supervisor alone, and its death breaks nobody's output.
 */
public final class ChildLauncher {
    /** Secrets and targets that are the supervisor's business only. */
    private static final Set<String> NOT_INHERITED =
            Set.of("HUB_TOKEN", "HUB_PG_URL", "HUB_NATS_URL", "DATABASE_URL");

    private final Optional<String> setsid;

    public ChildLauncher() {
        this.setsid = onPath("setsid");
    }

    /** A process that leads a session of its own where the system can do that. */
    public Process launch(ChildSpec spec) throws IOException {
        List<String> command = new ArrayList<>();
        setsid.ifPresent(command::add);
        command.addAll(spec.command());
        File log = spec.log().toFile();
        ProcessBuilder builder = new ProcessBuilder(command)
                .directory(spec.workFolder().toFile())
                .redirectInput(ProcessBuilder.Redirect.from(new File("/dev/null")))
                .redirectOutput(ProcessBuilder.Redirect.appendTo(log))
                .redirectErrorStream(true);
        builder.environment().keySet().removeAll(NOT_INHERITED);
        builder.environment().putAll(spec.environment());
        return builder.start();
    }

    private static Optional<String> onPath(String program) {
        String path = System.getenv().getOrDefault("PATH", "/usr/bin:/bin");
        for (String folder : path.split(File.pathSeparator)) {
            Path file = Path.of(folder, program);
            if (Files.isExecutable(file)) {
                return Optional.of(file.toString());
            }
        }
        return Optional.empty();
    }
}
