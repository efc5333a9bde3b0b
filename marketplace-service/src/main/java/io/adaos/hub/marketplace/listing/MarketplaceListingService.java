package io.adaos.hub.marketplace.listing;

import io.adaos.hub.contracts.error.HubErrorCode;
import io.adaos.hub.contracts.error.HubException;
import io.adaos.hub.marketplace.catalogview.CatalogView;
import io.adaos.hub.marketplace.catalogview.CatalogViewService;
import io.adaos.hub.marketplace.installed.InstalledView;
import io.adaos.hub.marketplace.installed.InstalledViewService;
import io.adaos.hub.runtime.outbox.FollowState;
import io.smallrye.mutiny.Multi;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Duration;
import java.util.Optional;
import java.util.UUID;

/** Puts the two views together and waits for positions that are still under way. */
@ApplicationScoped
public class MarketplaceListingService {

    private static final Duration WAIT_STEP = Duration.ofMillis(10);
    private static final Duration WAIT_MAX = Duration.ofSeconds(1);
    private static final Duration RETRY_AFTER = Duration.ofSeconds(1);

    private final CatalogViewService catalog;
    private final InstalledViewService installed;

    /** Versions of another process must not look like ours, or its tags would match. */
    private final String process = UUID.randomUUID().toString();
    private long snapshots;
    private MarketplaceSnapshot newest =
            new MarketplaceSnapshot(process + 0, CatalogView.empty(), InstalledView.empty());

    MarketplaceListingService(CatalogViewService catalog, InstalledViewService installed) {
        this.catalog = catalog;
        this.installed = installed;
    }

    /** A snapshot and how current it is; {@code reached} as in {@link MarketplacePage}. */
    record Current(MarketplaceSnapshot snapshot, SourceStates sources, Optional<Boolean> reached) {
    }

    /**
     * The state of now; with a position, as soon as that is included, and after 1 s in any case.
     *
     * @throws HubException {@code not_yet_visible} until the registry was listed once: an empty
     *     answer would say that there is nothing
     */
    Uni<Current> current(Optional<MinSequence> atLeast) {
        if (atLeast.isEmpty()) {
            return Uni.createFrom().item(() -> now(Optional.empty()));
        }
        return reached(atLeast.get()).map(reached -> now(Optional.of(reached)));
    }

    private Current now(Optional<Boolean> reached) {
        // states before views: a view may hold more than its state says, never less
        FollowState registry = catalog.state();
        FollowState operations = installed.state();
        if (!registry.listed()) {
            throw new HubException(HubErrorCode.NOT_YET_VISIBLE,
                    "The catalog was not read yet since this service started").after(RETRY_AFTER);
        }
        SourceStates sources = new SourceStates(
                SourceStates.Source.of(registry), SourceStates.Source.of(operations));
        return new Current(snapshot(), sources, reached);
    }

    private synchronized MarketplaceSnapshot snapshot() {
        CatalogView catalogNow = catalog.view();
        InstalledView installedNow = installed.view();
        if (!newest.isOf(catalogNow, installedNow)) {
            snapshots++;
            newest = new MarketplaceSnapshot(process + snapshots, catalogNow, installedNow);
        }
        return newest;
    }

    private Uni<Boolean> reached(MinSequence position) {
        if (has(position)) {
            return Uni.createFrom().item(true);
        }
        long started = System.nanoTime();
        return Multi.createFrom().ticks().every(WAIT_STEP)
                .onOverflow().drop()
                .map(tick -> has(position))
                .filter(reached -> reached || System.nanoTime() - started >= WAIT_MAX.toNanos())
                .toUni();
    }

    private boolean has(MinSequence position) {
        FollowState state = switch (position.source()) {
            case REGISTRY -> catalog.state();
            case OPERATIONS -> installed.state();
        };
        return state.listed() && state.sequence() >= position.sequence();
    }
}
