package io.adaos.hub.projection.status.edge;

import io.adaos.hub.projection.operationview.OperationProjectionService;
import io.adaos.hub.projection.room.fact.SnapshotFallbacks;
import io.adaos.hub.projection.room.upkeep.UpkeepCounts;
import io.adaos.hub.projection.rules.follow.InstalledRulesService;
import io.adaos.hub.projection.status.ConnectivityTracker;
import io.adaos.hub.projection.stream.market.MarketStreamService;
import io.micrometer.core.instrument.FunctionCounter;
import io.micrometer.core.instrument.MeterRegistry;
import jakarta.enterprise.inject.Produces;
import jakarta.inject.Singleton;

/** Wires what the status is made of. */
@Singleton
final class StatusBeans {

    @Produces
    @Singleton
    ConnectivityTracker actors(StatusConfig config) {
        return new ConnectivityTracker(config.root());
    }

    @Produces
    @Singleton
    StatusSources sources(OperationProjectionService operations, InstalledRulesService rules,
            MarketStreamService market) {
        return new StatusSources(operations, rules, market);
    }

    @Produces
    @Singleton
    SnapshotFallbacks fallbacks(UpkeepCounts counts, MeterRegistry registry) {
        for (SnapshotFallbacks.Reason reason : SnapshotFallbacks.Reason.values()) {
            FunctionCounter.builder("hub_snapshot_fallback", counts.fallbacks(),
                            all -> all.of(reason))
                    .tag("mode", reason.mode().wire())
                    .tag("reason", reason.wire()).register(registry);
        }
        return counts.fallbacks();
    }
}
