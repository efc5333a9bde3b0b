package io.adaos.hub.operations.testing;

import io.quarkus.test.common.QuarkusTestResourceLifecycleManager;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;

/** The registry, the loaded rules and the workspace around the application under test. */
public final class RegistryTestResource implements QuarkusTestResourceLifecycleManager {

    private static TestRegistry registry;      // null before the first start
    private static Path workspace;             // null before the first start

    public static TestRegistry registry() {
        return registry;
    }

    public static Path workspace() {
        return workspace;
    }

    @Override
    public Map<String, String> start() {
        registry = TestRegistry.start();
        try {
            workspace = Files.createTempDirectory("workspace");
            registry.loadsRulesOf(workspace);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return Map.of("hub.registry.url", registry.url(),
                "hub.projection.url", registry.url(),
                "hub.marketplace.url", registry.url(),
                "hub.workspace.dir", workspace.toString(),
                "hub.operations.retry.first", "200ms",
                "hub.operations.retry.longest", "400ms",
                "hub.operations.install.deadline", "8s");
    }

    @Override
    public void stop() {
        registry.close();
    }
}
