package io.adaos.hub.projection.panel;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.util.List;
import java.util.Optional;

/** Where a browser reaches the other services; relative paths are good behind one ingress. */
@ConfigMapping(prefix = "hub.panel")
interface PanelConfig {

    /** Address of registry-sync-service as a browser sees it. */
    @WithDefault("${hub.registry.url:http://127.0.0.1:8081}")
    String registryUrl();

    /** Address of marketplace-service as a browser sees it. */
    @WithDefault("${hub.marketplace.url:http://127.0.0.1:8082}")
    String marketplaceUrl();

    /** Address of operations-service as a browser sees it. */
    @WithDefault("${hub.operations.url:http://127.0.0.1:8083}")
    String operationsUrl();

    /** The webspace the panel opens. */
    @WithDefault("desktop")
    String webspace();

    /** Further origins the page may talk to. */
    Optional<List<String>> connectOrigins();
}
