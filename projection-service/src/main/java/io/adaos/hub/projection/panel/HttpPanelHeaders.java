package io.adaos.hub.projection.panel;

import io.quarkus.vertx.http.runtime.filters.Filters;
import io.vertx.core.MultiMap;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Singleton;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.eclipse.microprofile.config.inject.ConfigProperty;

/** Puts the headers that protect the page on every answer. */
@Singleton
final class HttpPanelHeaders {

    /** Before whatever answers the request. */
    private static final int EARLY = 500;

    /** The API browser brings inline scripts of its own and no text of strangers. */
    private static final String DOCS = "/docs";

    private final String policy;

    HttpPanelHeaders(PanelConfig config,
            @ConfigProperty(name = "hub.http.origins") Optional<List<String>> origins) {
        List<String> addresses = new ArrayList<>(List.of(
                config.registryUrl(), config.marketplaceUrl(), config.operationsUrl()));
        addresses.addAll(config.connectOrigins().orElse(List.of()));
        addresses.addAll(origins.orElse(List.of()));
        this.policy = SecurityPolicy.of(addresses);
    }

    void register(@Observes Filters filters) {
        filters.register(context -> {
            MultiMap headers = context.response().headers();
            headers.set("X-Content-Type-Options", "nosniff");
            headers.set("Referrer-Policy", "no-referrer");
            headers.set("X-Frame-Options", "DENY");
            if (!context.normalizedPath().startsWith(DOCS)) {
                headers.set("Content-Security-Policy", policy);
            }
            context.next();
        }, EARLY);
    }
}
