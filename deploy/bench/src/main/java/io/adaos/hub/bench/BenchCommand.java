package io.adaos.hub.bench;

import io.adaos.hub.bench.boundary.BoundedCommand;
import io.adaos.hub.bench.boundary.IsolationCommand;
import io.adaos.hub.bench.boundary.WritesCommand;
import io.adaos.hub.bench.crdt.CrdtCommand;
import io.adaos.hub.bench.fanout.FanoutCommand;
import io.adaos.hub.bench.loops.JmhCommand;
import io.adaos.hub.bench.operations.OperationsCommand;
import io.adaos.hub.bench.streams.StreamsCommand;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** The command {@code hub bench}: one sub-command for each thing that is measured. */
@Command(name = "hub bench", mixinStandardHelpOptions = true,
        description = "Measures the hub, wherever possible against others in the same run.",
        subcommands = {CrdtCommand.class, FanoutCommand.class, WritesCommand.class,
            IsolationCommand.class, BoundedCommand.class, StreamsCommand.class,
            OperationsCommand.class, JmhCommand.class})
public final class BenchCommand implements Runnable {
    @Spec
    private CommandSpec spec;

    public static void main(String[] args) {
        System.exit(commandLine().execute(args));
    }

    /** The command line; what it does not know behind {@code jmh} is for JMH. */
    static CommandLine commandLine() {
        CommandLine commandLine = new CommandLine(new BenchCommand());
        commandLine.getSubcommands().get("jmh").setUnmatchedOptionsArePositionalParams(true);
        return commandLine;
    }

    @Override
    public void run() {
        throw new ParameterException(spec.commandLine(), "a sub-command is missing");
    }
}
