package io.adaos.hub.cli.parts;

import io.adaos.hub.cli.CommandFailed;
import io.adaos.hub.cli.Console;
import io.adaos.hub.cli.data.DataFolder;
import io.adaos.hub.cli.data.HubAddress;
import io.adaos.hub.cli.data.HubPart;
import io.adaos.hub.cli.data.SecretFiles;
import io.adaos.hub.cli.supervise.ChildSpec;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The NATS server of one hub: JetStream, on loopback, with a password of its own. */
public final class NatsServer {
    private static final String PROGRAM = "nats-server";
    private static final String PASSWORD = "nats.password";
    private static final String CONFIG = "nats.conf";

    private final DataFolder data;
    private final SecretFiles secrets;
    private final int port;

    public NatsServer(DataFolder data, SecretFiles secrets, HubAddress address) {
        this.data = data;
        this.secrets = secrets;
        this.port = address.port(HubPart.NATS);
    }

    /** The server program; installed by the system's package manager when that is allowed. */
    public static Path require(ToolRunner tools, Console console, Path log) throws IOException {
        Optional<Path> found = ToolRunner.find(PROGRAM);
        if (found.isPresent()) {
            return found.get();
        }
        Optional<PackageInstaller> manager = PackageInstaller.ofThisMachine();
        if (manager.isPresent()) {
            console.line("installing " + PROGRAM + " (output in " + log + ")");
            manager.get().install(PROGRAM, tools, log);
        }
        return ToolRunner.find(PROGRAM).orElseThrow(() -> missing(manager));
    }

    /** Writes the configuration and says how to start the server. */
    public ChildSpec child(Path program) throws IOException {
        secrets.write(CONFIG, String.join("\n",
                "server_name: hub",
                "jetstream { store_dir: " + quoted(data.nats().toString()) + " }",
                "authorization { user: hub, password: "
                        + quoted(secrets.readOrGenerate(PASSWORD)) + " }",
                ""));
        return new ChildSpec(HubPart.NATS.processName(),
                List.of(program.toString(), "-c", secrets.file(CONFIG).toString(),
                        "-a", HubAddress.LOOPBACK, "-p", Integer.toString(port)), Map.of(),
                data.root(), data.log(HubPart.NATS.processName()), StopRules.of(HubPart.NATS),
                pid -> ReadyChecks.nats(HubAddress.LOOPBACK, port));
    }

    /** How the services reach it. */
    public String url() throws IOException {
        return "nats://hub:" + secrets.readOrGenerate(PASSWORD) + "@" + HubAddress.LOOPBACK + ":"
                + port;
    }

    private static CommandFailed missing(Optional<PackageInstaller> manager) {
        List<String> waysOut = new ArrayList<>();
        waysOut.add(manager.map(known -> "install it: " + known.commandFor(PROGRAM))
                .orElse("install the package '" + PROGRAM + "' of your system"));
        waysOut.add("put a '" + PROGRAM + "' program (2.9 or newer, from the NATS project's "
                + "releases) into a folder on PATH");
        waysOut.add("use a server that runs already: HUB_NATS_URL=nats://user:pw@host:port");
        return CommandFailed.because(PROGRAM + " is not on PATH and could not be installed",
                waysOut.toArray(String[]::new));
    }

    private static String quoted(String text) {
        return '"' + text.replace("\\", "\\\\").replace("\"", "\\\"") + '"';
    }
}
