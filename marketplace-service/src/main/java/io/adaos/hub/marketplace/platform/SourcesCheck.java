package io.adaos.hub.marketplace.platform;

import io.adaos.hub.marketplace.catalogview.CatalogViewService;
import io.adaos.hub.marketplace.installed.InstalledViewService;
import io.adaos.hub.runtime.http.HealthDetail;
import io.adaos.hub.runtime.outbox.FollowState;
import io.smallrye.mutiny.Uni;
import jakarta.inject.Singleton;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;

/** How current the two sources are; it says so and keeps serving, so it is no readiness check. */
@Singleton
final class SourcesCheck implements HealthDetail {

    private final CatalogViewService catalog;
    private final InstalledViewService installed;

    SourcesCheck(CatalogViewService catalog, InstalledViewService installed) {
        this.catalog = catalog;
        this.installed = installed;
    }

    @Override
    public String name() {
        return "sources";
    }

    @Override
    public Uni<Object> read() {
        FollowState registry = catalog.state();
        FollowState operations = installed.state();
        Map<String, Object> sources = new LinkedHashMap<>();
        sources.put("ok", isCurrent(registry) && isCurrent(operations));
        sources.put("registry", source(registry));
        sources.put("operations", source(operations));
        sources.put("entries", catalog.view().size());
        return Uni.createFrom().item(sources);
    }

    private static boolean isCurrent(FollowState state) {
        return switch (state.freshness()) {
            case FRESH, AGING -> true;
            case STALE -> false;
        };
    }

    private static Map<String, Object> source(FollowState state) {
        Map<String, Object> source = new LinkedHashMap<>();
        source.put("state", state.freshness().wire());
        source.put("sequence", state.sequence());
        source.put("last_heard_at", state.lastHeardAt().map(Instant::toString).orElse("never"));
        return source;
    }
}
