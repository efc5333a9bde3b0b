package io.adaos.hub.marketplace.listing;

import io.adaos.hub.contracts.catalog.ArtifactKind;
import io.adaos.hub.contracts.error.HubErrorCode;
import io.adaos.hub.contracts.error.HubException;
import io.adaos.hub.contracts.id.ArtifactRef;
import io.adaos.hub.contracts.id.NodeId;
import io.adaos.hub.contracts.listing.MarketplaceRow;
import io.adaos.hub.contracts.listing.RowStatus;
import io.adaos.hub.marketplace.catalogview.CatalogView;
import io.adaos.hub.marketplace.catalogview.CatalogViewService;
import io.adaos.hub.marketplace.installed.Holders;
import io.adaos.hub.marketplace.installed.InstalledView;
import io.adaos.hub.marketplace.installed.InstalledViewService;
import io.adaos.hub.marketplace.listing.offer.RowOffers;
import io.adaos.hub.runtime.outbox.FollowState;
import io.smallrye.mutiny.Uni;
import io.smallrye.mutiny.infrastructure.Infrastructure;
import io.smallrye.mutiny.subscription.UniEmitter;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Queue;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;

/** Puts the two views together and waits for positions that are still under way. */
@ApplicationScoped
public class MarketplaceListingService {

    private static final long WAIT_STEP_MILLIS = 10;
    private static final long WAIT_NANOS_MAX = Duration.ofSeconds(1).toNanos();

    /** Who comes when so many wait already is answered at once, with what there is. */
    private static final int WAITERS_MAX = 4_096;
    private static final Duration RETRY_AFTER = Duration.ofSeconds(1);

    private final CatalogViewService catalog;
    private final InstalledViewService installed;

    /** Versions of another process must not look like ours, or its tags would match. */
    private final String process = UUID.randomUUID().toString();
    private final Queue<Waiter> waiters = new ConcurrentLinkedQueue<>();
    private final AtomicInteger waiting = new AtomicInteger();
    private final AtomicBoolean looking = new AtomicBoolean();
    private long snapshots;
    private MarketplaceSnapshot newest =
            new MarketplaceSnapshot(process + 0, CatalogView.empty(), InstalledView.empty());

    MarketplaceListingService(CatalogViewService catalog, InstalledViewService installed) {
        this.catalog = catalog;
        this.installed = installed;
    }

    /** Somebody who wants an answer that includes a position, or the best there is then. */
    private record Waiter(MinSequence position, long sinceNanos,
            UniEmitter<? super Boolean> emitter) {

        boolean isLate(long nowNanos) {
            return nowNanos - sinceNanos >= WAIT_NANOS_MAX;
        }
    }

    /**
     * A snapshot and how current it is.
     *
     * @param holders what works on artifacts; goes on changing
     * @param held their version when this was made
     * @param reached as in {@link MarketplacePage}
     */
    public record Current(MarketplaceSnapshot snapshot, Holders holders, long held,
            SourceStates sources, Optional<Boolean> reached) {

        /** The first rows of a kind with one of these statuses, and how many there are. */
        public Part part(NodeId node, ArtifactKind kind, Set<RowStatus> statuses, int max) {
            NodeListing.Page page = snapshot.on(node)
                    .page(new RowFilter(Optional.of(kind), statuses, List.of()), 0, max);
            return new Part(offered(node, page.rows()), page.total());
        }

        /** The rows with what can be done with them on the node now. */
        List<MarketplaceRow> offered(NodeId node, List<MarketplaceRow> rows) {
            return rows.stream().map(row -> offered(node, row)).toList();
        }

        MarketplaceRow offered(NodeId node, MarketplaceRow row) {
            return RowOffers.offered(row,
                    holders.of(node, new ArtifactRef(row.kind().wire(), row.id())));
        }
    }

    /** Some of the rows that were asked for, and how many there are in all. */
    public record Part(List<MarketplaceRow> rows, int total) {
    }

    /**
     * The state of now; with a position, as soon as that is included, and after 1 s in any case.
     *
     * @throws HubException {@code not_yet_visible} until the registry was listed once: an empty
     *     answer would say that there is nothing
     */
    public Uni<Current> current(Optional<MinSequence> atLeast) {
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
        Holders holders = installed.holders();
        return new Current(snapshot(), holders, holders.version(), sources, reached);
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
        if (waiting.incrementAndGet() > WAITERS_MAX) {
            waiting.decrementAndGet();
            return Uni.createFrom().item(false);
        }
        return Uni.createFrom().<Boolean>emitter(emitter -> {
            waiters.add(new Waiter(position, System.nanoTime(), emitter));
            if (looking.compareAndSet(false, true)) {
                lookLater();
            }
        }).emitOn(Infrastructure.getDefaultWorkerPool());
    }

    private void lookLater() {
        Infrastructure.getDefaultWorkerPool()
                .schedule(this::look, WAIT_STEP_MILLIS, TimeUnit.MILLISECONDS);
    }

    /** One look for all who wait; nobody looks while nobody waits. */
    private void look() {
        long now = System.nanoTime();
        waiters.removeIf(waiter -> {
            boolean reached = has(waiter.position());
            boolean done = reached || waiter.isLate(now);
            if (done) {
                waiting.decrementAndGet();
                waiter.emitter().complete(reached);
            }
            return done;
        });
        if (!waiters.isEmpty()) {
            lookLater();
            return;
        }
        looking.set(false);
        if (!waiters.isEmpty() && looking.compareAndSet(false, true)) {
            lookLater();
        }
    }

    private boolean has(MinSequence position) {
        FollowState state = switch (position.source()) {
            case REGISTRY -> catalog.state();
            case OPERATIONS -> installed.state();
        };
        return state.listed() && state.sequence() >= position.sequence();
    }
}
