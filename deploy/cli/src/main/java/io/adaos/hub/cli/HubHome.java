package io.adaos.hub.cli;

import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;

/** Where the project lies and what the caller's environment says. */
public record HubHome(Path projectRoot, Map<String, String> environment) {

    public HubHome {
        projectRoot = projectRoot.toAbsolutePath().normalize();
        environment = Map.copyOf(environment);
    }

    /** The home of this process; the {@code hub} script passes {@code -Dhub.root}. */
    public static HubHome ofThisProcess() {
        return new HubHome(Path.of(System.getProperty("hub.root", ".")), System.getenv());
    }

    /** A variable of the environment; a blank one counts as absent. */
    public Optional<String> variable(String name) {
        return Optional.ofNullable(environment.get(name)).filter(text -> !text.isBlank());
    }

    /** The folder of {@code --data}, or {@code .hub} under the project. */
    public Path dataFolder(Optional<Path> asked) {
        return asked.orElseGet(() -> projectRoot.resolve(".hub")).toAbsolutePath().normalize();
    }
}
