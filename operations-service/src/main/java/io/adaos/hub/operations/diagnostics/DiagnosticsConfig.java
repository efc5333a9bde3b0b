package io.adaos.hub.operations.diagnostics;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;

/** Where diagnostics look, and how long their bundles are kept. */
@ConfigMapping(prefix = "hub.diagnostics")
public interface DiagnosticsConfig {

    /** The folder with the hub's log files; without it a bundle has no logs. */
    Optional<Path> logsDir();

    /** How long a bundle can be fetched. */
    @WithDefault("24h")
    Duration keep();
}
