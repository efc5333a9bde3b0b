package io.adaos.hub.cli.up;

import io.adaos.hub.cli.Console;
import io.adaos.hub.cli.HubHome;
import io.adaos.hub.cli.data.DataFolder;
import io.adaos.hub.cli.data.HubAddress;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code hub up}: brings the whole hub up and keeps it up. */
@Command(name = "up", sortOptions = false, mixinStandardHelpOptions = true,
        description = "Starts NATS, PostgreSQL and the four services and keeps them running.",
        footer = {"",
            "HUB_TOKEN       the admin token (default: made once, kept in DIR/secrets)",
            "HUB_NATS_URL    use this NATS server instead of an own one",
            "HUB_PG_URL      use this PostgreSQL: postgresql://user:pw@host:port",
            "",
            "Ports: base+1 registry, +2 marketplace, +3 operations, +4 projection and panel,",
            "+5 NATS, +6 PostgreSQL. Exit code 0: ready (--detach) or already running, 1: could",
            "not start, 2: wrong command line, 130 and 143: stopped by Ctrl-C, by SIGTERM."})
public final class UpCommand implements Callable<Integer> {

    @Spec
    private CommandSpec spec;

    @Option(names = "--detach", description = "Return when all is ready, leave it running.")
    private boolean detach;

    @Option(names = "--data", paramLabel = "DIR",
            description = "Where everything is kept (default: .hub in the project).")
    private Path data;

    @Option(names = "--port-base", paramLabel = "N", defaultValue = "8080",
            description = "Ports are N+1 to N+6 (default: ${DEFAULT-VALUE}).")
    private int portBase;

    @Option(names = "--host", paramLabel = "HOST", defaultValue = "127.0.0.1",
            description = "Address the services listen on (default: ${DEFAULT-VALUE}).")
    private String host;

    @Option(names = "--no-restart", description = "Leave a process down that ended.")
    private boolean noRestart;

    @Option(names = "--supervisor", hidden = true,
            description = "Be the supervisor that --detach leaves behind.")
    private boolean supervisor;

    @Override
    public Integer call() throws IOException {
        HubHome home = HubHome.ofThisProcess();
        DataFolder folder = new DataFolder(home.dataFolder(Optional.ofNullable(data)));
        UpOptions options = new UpOptions(home, folder, new HubAddress(host, portBase),
                !noRestart, supervisor, StartTime.ofThisCommand());
        Console console = new Console(spec.commandLine().getOut());
        try {
            folder.create();
            return detach
                    ? new DetachedStart(options, console, spec.commandLine().getErr()).run()
                    : new HubStart(options, console).run();
        } catch (IOException e) {
            throw folder.unusable(e);
        }
    }
}
