package io.adaos.hub.cli.control;

import io.adaos.hub.cli.CommandFailed;
import io.adaos.hub.cli.Console;
import io.adaos.hub.cli.HubHome;
import io.adaos.hub.cli.data.DataFolder;
import io.adaos.hub.cli.data.HubPart;
import io.adaos.hub.cli.data.HubState;
import io.adaos.hub.cli.parts.StopRules;
import io.adaos.hub.cli.supervise.Leftovers;
import io.adaos.hub.cli.supervise.PidFiles;
import io.adaos.hub.cli.supervise.StopRule;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code hub down}: stops the hub of a data folder and whatever a killed supervisor left of it. */
@Command(name = "down", mixinStandardHelpOptions = true,
        description = "Stops the hub: services first, then NATS, then PostgreSQL.",
        footer = {"", "Exit code 0: nothing of it runs any more."})
public final class DownCommand implements Callable<Integer> {
    /** The supervisor's own patience with its children, and some more. */
    private static final StopRule SUPERVISOR =
            new StopRule(StopRule.Signal.TERM, 0, Duration.ofSeconds(90));

    @Spec
    private CommandSpec spec;

    @Option(names = "--data", paramLabel = "DIR",
            description = "The hub's folder (default: .hub in the project).")
    private Path data;

    @Override
    public Integer call() throws IOException {
        Console console = new Console(spec.commandLine().getOut());
        DataFolder folder = new DataFolder(
                HubHome.ofThisProcess().dataFolder(Optional.ofNullable(data)));
        if (!Files.isDirectory(folder.run())) {
            console.line("no hub has run in " + folder.root());
            return 0;
        }
        if (!Files.isWritable(folder.run())) {
            throw CommandFailed.because("no permission for " + folder.run(),
                    "run this command as the user who started the hub");
        }
        PidFiles pidFiles = new PidFiles(folder.run());
        boolean ran = pidFiles.findAlive("hub").isPresent();
        Leftovers running = new Leftovers(pidFiles, console::line);
        try {
            running.stop(Map.of("hub", SUPERVISOR));
            running.stop(StopRules.of(Arrays.asList(HubPart.values())));
            HubState.delete(folder);
        } catch (IOException e) {
            throw folder.unusable(e);
        }
        console.line(ran ? "the hub in " + folder.root() + " is down"
                : "no hub is running in " + folder.root());
        return 0;
    }
}
