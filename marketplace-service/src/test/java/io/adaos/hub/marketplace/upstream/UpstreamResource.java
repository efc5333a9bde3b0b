package io.adaos.hub.marketplace.upstream;

import io.quarkus.test.common.QuarkusTestResourceLifecycleManager;
import java.util.List;
import java.util.Map;

/** Gives the service under test a registry and an operations-service, both silent at first. */
public final class UpstreamResource implements QuarkusTestResourceLifecycleManager {

    private static Upstream registry;      // null before the first start
    private static Upstream operations;    // null before the first start

    /** The registry of the running test. */
    public static Upstream registry() {
        return registry;
    }

    /** The operations-service of the running test. */
    public static Upstream operations() {
        return operations;
    }

    @Override
    public Map<String, String> start() {
        registry = Upstream.start("registry-sync-service", "/v1/catalog");
        operations = Upstream.start("operations-service", "/v1/installed");
        operations.route("/v1/operations", (exchange, body) -> new Upstream.Reply(200,
                Map.of("epoch", operations.head().epoch(),
                        "sequence", operations.head().sequence(), "items", List.of())));
        return Map.of("hub.registry.url", registry.url(), "hub.operations.url", operations.url(),
                "hub.projection.url", operations.url());
    }

    @Override
    public void stop() {
        registry.close();
        operations.close();
    }
}
