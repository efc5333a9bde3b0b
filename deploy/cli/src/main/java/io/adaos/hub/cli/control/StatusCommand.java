package io.adaos.hub.cli.control;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import io.adaos.hub.cli.Console;
import io.adaos.hub.cli.HubHome;
import io.adaos.hub.cli.data.DataFolder;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code hub status}: what runs, where, since when, and whether it is well. */
@Command(name = "status", mixinStandardHelpOptions = true,
        description = "Shows health, versions, ports, pids and uptime of every process.",
        footer = {"", "Exit code 0: all healthy, 1: something is not."})
public final class StatusCommand implements Callable<Integer> {

    @Spec
    private CommandSpec spec;

    @Option(names = "--data", paramLabel = "DIR",
            description = "The hub's folder (default: .hub in the project).")
    private Path data;

    @Option(names = "--json", description = "Print one JSON object.")
    private boolean json;

    @Override
    public Integer call() throws JsonProcessingException {
        Console console = new Console(spec.commandLine().getOut());
        DataFolder folder = new DataFolder(
                HubHome.ofThisProcess().dataFolder(Optional.ofNullable(data)));
        HubStatus status = new StatusProbe(folder).look();
        if (json) {
            console.line(new ObjectMapper().enable(SerializationFeature.INDENT_OUTPUT)
                    .writeValueAsString(status));
        } else {
            print(status, console);
        }
        return status.state().equals("healthy") ? 0 : 1;
    }

    private static void print(HubStatus status, Console console) {
        console.line("hub " + status.state() + " (" + status.data() + ")");
        console.line(String.format("%-22s %-10s %-8s %-6s %-16s %s",
                "process", "state", "pid", "port", "version", "uptime"));
        for (PartStatus part : status.processes()) {
            console.line(String.format("%-22s %-10s %-8s %-6s %-16s %s", part.name(), part.state(),
                    orDash(part.pid()), orDash(part.port()), orDash(part.version()),
                    part.uptimeSeconds() == null ? "-" : uptime(part.uptimeSeconds())));
        }
    }

    private static String orDash(Object value) {
        return value == null ? "-" : value.toString();
    }

    private static String uptime(long seconds) {
        Duration time = Duration.ofSeconds(seconds);
        return String.format("%d:%02d:%02d", time.toHours(), time.toMinutesPart(),
                time.toSecondsPart());
    }
}
