package io.adaos.hub.projection.room.lease;

import io.adaos.hub.contracts.id.WebspaceId;
import io.adaos.hub.projection.ystore.Lease;
import io.adaos.hub.projection.ystore.WebspaceStore;
import io.adaos.hub.projection.ystore.YStore;
import io.adaos.hub.projection.ystore.lease.Holder;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.jboss.logging.Logger;

/** Takes, renews and gives back the leases of this process. */
public final class LeaseKeeper {

    private static final Logger LOG = Logger.getLogger(LeaseKeeper.class);

    private final YStore store;
    private final Holder holder;
    private final Map<WebspaceId, Tenure> tenures = new ConcurrentHashMap<>();
    private final Map<WebspaceId, Run> runs = new ConcurrentHashMap<>();

    /** Epochs of one webspace that were all ours. */
    private record Run(long first, long last) {

        private Run with(long epoch) {
            return epoch == last + 1 ? new Run(first, epoch) : new Run(epoch, epoch);
        }
    }

    public LeaseKeeper(YStore store, Holder holder) {
        this.store = store;
        this.holder = holder;
    }

    /**
     * Renews all leases from time to time. A process that was stopped for long asks once, and not
     * once for every time it missed.
     */
    public void start(ScheduledExecutorService timer) {
        long millis = holder.terms().renewEvery().toMillis();
        timer.scheduleWithFixedDelay(this::renewAll, millis, millis, TimeUnit.MILLISECONDS);
    }

    /** Takes a webspace; empty when there is none of that name. */
    public CompletionStage<Optional<Tenure>> take(WebspaceId webspace) {
        long askedNanos = System.nanoTime();
        return store.acquire(webspace, holder).thenApply(taken ->
                taken.map(lease -> keep(lease, askedNanos)));
    }

    /** Renews this one no more; who wants the webspace may have it when its time is over. */
    public void forget(Tenure tenure) {
        tenures.remove(tenure.lease().webspace(), tenure);
    }

    /** All that is renewed. */
    public List<Tenure> held() {
        return List.copyOf(tenures.values());
    }

    /** Gives these back at once, so that others need not wait for their end. */
    public CompletionStage<Void> release(List<Tenure> given) {
        given.forEach(this::forget);
        return given.isEmpty()
                ? CompletableFuture.completedStage(null)
                : store.webspaces().release(given.stream().map(Tenure::lease).toList());
    }

    /** Of two tenures the one with the newer epoch holds; their answers may change places. */
    private synchronized Tenure keep(Lease lease, long askedNanos) {
        Run run = runs.merge(lease.webspace(), new Run(lease.epoch(), lease.epoch()),
                (past, now) -> past.with(now.last()));
        Tenure taken = new Tenure(
                lease, run.first(), holder.terms().doubtAfter().toNanos(), askedNanos);
        Tenure known = tenures.get(lease.webspace());
        if (known != null && known.lease().epoch() > lease.epoch()) {
            taken.lose();
            return taken;
        }
        tenures.put(lease.webspace(), taken);
        if (known != null) {
            known.lose();
        }
        return taken;
    }

    /** A timer forgets a task that throws, so nothing gets out of here. */
    private void renewAll() {
        try {
            List<Tenure> asked = held();
            if (!asked.isEmpty()) {
                renew(asked, store.webspaces());
            }
        } catch (RuntimeException | Error e) {
            LOG.errorf(e, "event=leases_not_renewed");
        }
    }

    private void renew(List<Tenure> asked, WebspaceStore webspaces) {
        long askedNanos = System.nanoTime();
        webspaces.renew(holder, asked.stream().map(Tenure::lease).toList())
                .whenComplete((held, failure) -> {
                    if (failure == null) {
                        asked.forEach(tenure -> judge(tenure, held, askedNanos));
                    } else {
                        LOG.warnf("event=leases_not_renewed count=%d cause=%s",
                                asked.size(), failure);
                    }
                });
    }

    private void judge(Tenure tenure, Set<WebspaceId> held, long askedNanos) {
        if (held.contains(tenure.lease().webspace())) {
            tenure.proven(askedNanos);
        } else {
            LOG.warnf("event=lease_lost webspaceId=%s epoch=%d",
                    tenure.lease().webspace(), tenure.lease().epoch());
            forget(tenure);
            tenure.lose();
        }
    }
}
