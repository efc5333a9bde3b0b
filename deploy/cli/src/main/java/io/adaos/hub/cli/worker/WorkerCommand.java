package io.adaos.hub.cli.worker;

import io.adaos.hub.cli.CommandFailed;
import io.adaos.hub.cli.Console;
import io.adaos.hub.cli.HubHome;
import io.adaos.hub.cli.data.DataFolder;
import io.adaos.hub.cli.data.HubAddress;
import io.adaos.hub.cli.data.HubKeys;
import io.adaos.hub.cli.data.HubPart;
import io.adaos.hub.cli.data.HubState;
import io.adaos.hub.cli.data.SecretFiles;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code hub worker}: does the work of one node, until SIGTERM or Ctrl-C. */
@Command(name = "worker", sortOptions = false, mixinStandardHelpOptions = true,
        description = "Does the work of a hub node: its installations and actions.")
public final class WorkerCommand implements Callable<Integer> {

    private static final HubAddress DEFAULT_ADDRESS = new HubAddress(HubAddress.LOOPBACK, 8080);
    private static final long STOP_MILLIS = 5_000;

    private final HubHome home = HubHome.ofThisProcess();

    @Spec
    private CommandSpec spec;

    @Option(names = "--node", paramLabel = "ID", required = true,
            description = "The node this worker works for.")
    private String node;

    @Option(names = "--url",
            description = "operations-service (default: HUB_OPERATIONS_URL, else the running hub).")
    private String url;

    @Option(names = "--registry",
            description = "Registry (default: HUB_REGISTRY_URL, else the running hub).")
    private String registry;

    @Option(names = "--token", description = "Credential with subject node:ID (default: "
            + "HUB_NODE_TOKEN, else a key made for the hub in DIR; see hub node-key).")
    private String token;

    @Option(names = "--data", paramLabel = "DIR", description = "Where the node's files are: "
            + "DIR/nodes/ID/workspace (default: .hub in the project).")
    private Path data;

    @Option(names = "--kinds", paramLabel = "KIND", split = ",",
            description = "Operation kinds to work on (default: all the worker can).")
    private List<String> kinds = List.of();

    @Option(names = "--action", paramLabel = "NAME=COMMAND",
            description = "Offers an action: COMMAND, split at blanks and run without a shell, "
                    + "gets the arguments as JSON on standard input. May be repeated.")
    private List<String> actions = List.of();

    @Override
    public Integer call() throws IOException {
        Map<String, List<String>> commands = commands();
        DataFolder folder = new DataFolder(home.dataFolder(Optional.ofNullable(data)));
        Path workspace = folder.root().resolve("nodes").resolve(NodeKeys.checked(node))
                .resolve("workspace");
        WorkClient client = new WorkClient(address(url, "HUB_OPERATIONS_URL", HubPart.OPERATIONS),
                address(registry, "HUB_REGISTRY_URL", HubPart.REGISTRY), credential(folder));
        NodeFiles files = new NodeFiles(node, workspace, client);
        Console console = new Console(spec.commandLine().getOut());
        console.line("worker of node " + node + ", workspace " + workspace);
        work(new WorkLoop(new WorkLoop.Parts(client, files,
                new NodeTasks(files, new ActionCommands(commands))), kinds(commands), console));
        return 0;
    }

    /** Until the process is told to end; what is under way is given back first. */
    private static void work(WorkLoop loop) {
        Thread worker = Thread.currentThread();
        Thread hook = new Thread(() -> {
            loop.end();
            worker.interrupt();
            try {
                worker.join(STOP_MILLIS);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        }, "stop");
        Runtime.getRuntime().addShutdownHook(hook);
        loop.run();
    }

    private List<String> kinds(Map<String, List<String>> commands) {
        if (!kinds.isEmpty()) {
            return kinds;
        }
        List<String> all = new ArrayList<>(NodeKeys.ARTIFACT_KINDS);
        if (!commands.isEmpty()) {
            all.add(NodeKeys.INVOKE);
        }
        return all;
    }

    private Map<String, List<String>> commands() {
        Map<String, List<String>> commands = new LinkedHashMap<>();
        for (String action : actions) {
            int equals = action.indexOf('=');
            List<String> words = Arrays.stream(action.substring(equals + 1).split("\\s+"))
                    .filter(word -> !word.isEmpty()).toList();
            if (equals < 1 || words.isEmpty()) {
                throw CommandFailed.usage("--action " + action + " names no command",
                        "write it as --action NAME=COMMAND, for example --action echo=cat");
            }
            commands.put(action.substring(0, equals), words);
        }
        return commands;
    }

    private URI address(String given, String variable, HubPart part) {
        String text = Optional.ofNullable(given).or(() -> home.variable(variable))
                .or(() -> HubState.read(new DataFolder(
                                home.dataFolder(Optional.ofNullable(data))))
                        .map(state -> state.address().url(part)))
                .orElseGet(() -> DEFAULT_ADDRESS.url(part));
        try {
            URI uri = URI.create(text.replaceFirst("/+$", ""));
            if (uri.getHost() != null && uri.getScheme().matches("https?")) {
                return uri;
            }
        } catch (IllegalArgumentException e) {
            throw misshapen(text);
        }
        throw misshapen(text);
    }

    private static CommandFailed misshapen(String url) {
        return CommandFailed.usage("'" + url + "' is not an address of a service",
                "write it as http://host:port or https://host");
    }

    private String credential(DataFolder folder) throws IOException {
        Optional<String> given = Optional.ofNullable(token).filter(text -> !text.isBlank())
                .or(() -> home.variable("HUB_NODE_TOKEN"));
        if (given.isPresent()) {
            return given.get().strip();
        }
        SecretFiles secrets = new SecretFiles(folder);
        if (!secrets.has(HubKeys.ADMIN_TOKEN)) {
            throw CommandFailed.usage("there is no credential of node " + node,
                    "run ./hub node-key " + node + " where the hub runs, and give what it prints "
                            + "as HUB_NODE_TOKEN or --token",
                    "name the folder of a hub on this machine with --data");
        }
        return new NodeKeys(secrets).of(node);
    }
}
