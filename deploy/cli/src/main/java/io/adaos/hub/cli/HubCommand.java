package io.adaos.hub.cli;

import io.adaos.hub.cli.check.CheckSkillCommand;
import io.adaos.hub.cli.control.DownCommand;
import io.adaos.hub.cli.control.StatusCommand;
import io.adaos.hub.cli.push.PushCommand;
import io.adaos.hub.cli.up.UpCommand;
import io.adaos.hub.cli.worker.NodeKeyCommand;
import io.adaos.hub.cli.worker.WorkerCommand;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** The command {@code hub}: the one entry for people, scripts and CI. */
@Command(name = "hub", mixinStandardHelpOptions = true, versionProvider = BuildVersion.class,
        description = "Publish skills and scenarios, install them, watch it live.",
        subcommands = {UpCommand.class, DownCommand.class, StatusCommand.class,
            PushCommand.class, CheckSkillCommand.class, WorkerCommand.class,
            NodeKeyCommand.class},
        footer = {"", "Run by the script beside it:",
            "  test    Builds and tests everything.",
            "  bench   Measures the hub (hub bench --help)."})
public final class HubCommand implements Runnable {

    @Spec
    private CommandSpec spec;

    public static void main(String[] args) {
        System.exit(commandLine().execute(args));
    }

    /** The command line with its exit codes and error messages. */
    public static CommandLine commandLine() {
        return new CommandLine(new HubCommand())
                .setCaseInsensitiveEnumValuesAllowed(true)
                .setExecutionExceptionHandler((failure, commandLine, parsed) -> {
                    if (failure instanceof CommandFailed known) {
                        commandLine.getErr().println(known.text());
                        return known.exitCode();
                    }
                    throw failure;
                });
    }

    @Override
    public void run() {
        throw new ParameterException(spec.commandLine(), "a command is missing");
    }
}
