package io.adaos.hub.cli.push;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.adaos.hub.cli.CommandFailed;
import io.adaos.hub.cli.HubHome;
import io.adaos.hub.cli.data.DataFolder;
import io.adaos.hub.cli.data.HubAddress;
import io.adaos.hub.cli.data.HubKeys;
import io.adaos.hub.cli.data.HubPart;
import io.adaos.hub.cli.data.HubState;
import io.adaos.hub.cli.data.SecretFiles;
import java.io.IOException;
import java.io.PrintWriter;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code hub push}: publishes skills and scenarios. */
@Command(name = "push", sortOptions = false, mixinStandardHelpOptions = true,
        description = "Publishes skills and scenarios to a registry.",
        exitCodeListHeading = "%nExit codes:%n",
        exitCodeList = {
            "0:published, or identical to what is published",
            "2:wrong command line",
            "3:rejected by validation",
            "4:conflict with what is published",
            "5:not allowed",
            "6:against a policy",
            "75:try again later"})
public final class PushCommand implements Callable<Integer> {
    private static final HubAddress DEFAULT_ADDRESS = new HubAddress(HubAddress.LOOPBACK, 8080);

    private final HubHome home = HubHome.ofThisProcess();

    @Spec
    private CommandSpec spec;

    @Parameters(paramLabel = "PATH", arity = "1..*",
            description = "A folder with a skill.yaml or scenario.yaml, or a .zip or .tar.gz.")
    private List<Path> paths;

    @Option(names = "--url", description = "Registry (default: HUB_URL, else the running hub).")
    private String url;

    @Option(names = "--token",
            description = "Credential (default: HUB_TOKEN, else the admin token in DIR).")
    private String token;

    @Option(names = "--node", paramLabel = "ID", description = "Node that publishes.")
    private String node;

    @Option(names = "--dry-run", description = "Validate only, store nothing.")
    private boolean dryRun;

    @Option(names = "--json", description = "Print one JSON object per artifact.")
    private boolean json;

    @Option(names = "--data", paramLabel = "DIR",
            description = "The running hub's folder (default: .hub in the project).")
    private Path data;

    @Override
    public Integer call() throws IOException {
        requirePaths();
        RegistryClient registry = new RegistryClient(registryUrl(), credential());
        List<PushExit> exits = new ArrayList<>();
        for (Path path : paths) {
            exits.add(push(path, registry));
        }
        return PushExit.ofAll(exits).code();
    }

    private void requirePaths() {
        List<String> missing = paths.stream().filter(path -> !Files.exists(path))
                .map(Path::toString).toList();
        if (!missing.isEmpty()) {
            throw CommandFailed.usage("there is no " + String.join(", no ", missing),
                    "name a folder with a skill.yaml or scenario.yaml, or an archive of one");
        }
    }

    private PushExit push(Path path, RegistryClient registry) {
        try (Artifact artifact = Artifact.open(path)) {
            PushAnswer answer = registry.push(artifact, Optional.ofNullable(node), dryRun);
            report(path, answer);
            return answer.exit();
        } catch (PushFailed e) {
            report(path, e);
            return e.exit();
        } catch (IOException e) {
            report(path, PushFailed.because(PushExit.USAGE, "cannot be read: " + e,
                    "check the permissions, and the free space for temporary files"));
            return PushExit.USAGE;
        }
    }

    private void report(Path path, PushAnswer answer) {
        if (json) {
            ObjectNode line = line(path, answer.exit());
            line.put("status", answer.httpStatus());
            line.set("response", answer.body().isMissingNode() ? null : answer.body());
            out().println(line);
        } else {
            PrintWriter target = answer.exit() == PushExit.DONE ? out() : err();
            answer.lines(path.toString(), dryRun).forEach(target::println);
        }
    }

    private void report(Path path, PushFailed failure) {
        if (json) {
            ObjectNode line = line(path, failure.exit());
            line.put("message", failure.getMessage());
            failure.details().forEach(line.putArray("details")::add);
            out().println(line);
        } else {
            err().println("error: " + path + ": " + failure.getMessage());
            failure.details().forEach(detail -> err().println("  " + detail));
        }
    }

    private static ObjectNode line(Path path, PushExit exit) {
        return new ObjectMapper().createObjectNode()
                .put("path", path.toString())
                .put("outcome", exit.name().toLowerCase(Locale.ROOT))
                .put("exit_code", exit.code());
    }

    private URI registryUrl() {
        String text = Optional.ofNullable(url)
                .or(() -> home.variable("HUB_URL"))
                .or(() -> HubState.read(folder())
                        .map(state -> state.address().url(HubPart.REGISTRY)))
                .orElseGet(() -> DEFAULT_ADDRESS.url(HubPart.REGISTRY));
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
        return CommandFailed.usage("'" + url + "' is not the address of a registry",
                "write it as http://host:port or https://host");
    }

    private String credential() throws IOException {
        Optional<String> given = Optional.ofNullable(token).filter(text -> !text.isBlank())
                .or(() -> home.variable("HUB_TOKEN"));
        if (given.isPresent()) {
            return given.get().strip();
        }
        SecretFiles secrets = new SecretFiles(folder());
        if (secrets.has(HubKeys.ADMIN_TOKEN)) {
            return secrets.read(HubKeys.ADMIN_TOKEN);
        }
        throw CommandFailed.withCode(PushExit.NOT_ALLOWED.code(),
                "there is no token to publish with",
                "set HUB_TOKEN, or give --token TOKEN",
                "start a hub first: ./hub up --detach makes one in " + folder().root());
    }

    private DataFolder folder() {
        return new DataFolder(home.dataFolder(Optional.ofNullable(data)));
    }

    private PrintWriter out() {
        return spec.commandLine().getOut();
    }

    private PrintWriter err() {
        return spec.commandLine().getErr();
    }
}
