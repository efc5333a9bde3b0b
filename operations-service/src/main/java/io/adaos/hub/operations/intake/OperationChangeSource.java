package io.adaos.hub.operations.intake;

import io.adaos.hub.contracts.error.HubErrorCode;
import io.adaos.hub.contracts.error.HubException;
import io.adaos.hub.contracts.id.OperationId;
import io.adaos.hub.contracts.operation.OperationState;
import io.adaos.hub.operations.lifecycle.OperationManager;
import io.smallrye.mutiny.Multi;
import io.smallrye.mutiny.Uni;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;

/**
 * Lets requests wait for operations to change. What this process changes is heard of at once, what
 * others change within two seconds.
 */
public final class OperationChangeSource implements OperationManager.Listener {

    private static final int WAITING_MAX = 1_000;
    private static final int STREAMS_MAX = 250;
    private static final Duration LOOK = Duration.ofSeconds(2);
    private static final Duration HEARTBEAT = Duration.ofSeconds(10);
    private static final Duration RETRY = Duration.ofSeconds(5);

    private final OperationManager operations;
    private final Map<OperationId, Set<CompletableFuture<Void>>> waiting =
            new ConcurrentHashMap<>();
    private final AtomicInteger waits = new AtomicInteger();
    private final AtomicInteger streams = new AtomicInteger();
    private volatile boolean closed;

    /** Listens from now on. */
    public OperationChangeSource(OperationManager operations) {
        this.operations = operations;
        operations.listen(this);
    }

    /** Nobody waits any longer. */
    public void close() {
        closed = true;
        waiting.keySet().forEach(this::wake);
    }

    @Override
    public void workArrived() {
        // says nothing of a single operation
    }

    @Override
    public void cancelling(OperationId id) {
        wake(id);
    }

    @Override
    public void changed(OperationState state) {
        wake(state.operationId());
    }

    /**
     * The operation as soon as its revision is above {@code after}, at once when it has ended, or
     * as it is after the wait.
     */
    Uni<OperationState> next(OperationId id, long after, Duration wait) {
        return counted(waits, WAITING_MAX, newer(id, after, wait)).chain(newer -> newer
                .map(state -> Uni.createFrom().item(state)).orElseGet(() -> find(id)));
    }

    /** The operation as soon as it has ended, or as it is after the wait. */
    public Uni<OperationState> ended(OperationId id, Duration wait) {
        return next(id, Long.MAX_VALUE, wait);
    }

    /**
     * The operation as it is, if that is above {@code after}, and after every change until it has
     * ended; changes in quick succession may come as one. Empty now and then, as a sign of life.
     * Counted from this call on, so it must be subscribed.
     *
     * @throws HubException when too many are open
     */
    Multi<Optional<OperationState>> changes(OperationId id, long after) {
        if (streams.incrementAndGet() > STREAMS_MAX) {
            streams.decrementAndGet();
            throw tooMany(STREAMS_MAX);
        }
        AtomicLong seen = new AtomicLong(after);
        return Multi.createBy().repeating()
                .uni(() -> newer(id, seen.get(), HEARTBEAT).invoke(newer ->
                        newer.ifPresent(state -> seen.set(state.revision()))))
                .whilst(newer -> !closed
                        && newer.map(state -> !state.status().isTerminal()).orElse(true))
                .onTermination().invoke(streams::decrementAndGet);
    }

    private static <T> Uni<T> counted(AtomicInteger counter, int max, Uni<T> work) {
        return Uni.createFrom().deferred(() -> {
            if (counter.incrementAndGet() > max) {
                counter.decrementAndGet();
                return Uni.createFrom().failure(tooMany(max));
            }
            return work.onTermination().invoke(counter::decrementAndGet);
        });
    }

    private static HubException tooMany(int max) {
        return new HubException(HubErrorCode.RATE_LIMITED,
                max + " requests wait for changes already").after(RETRY);
    }

    /** Empty when nothing is newer by the end of the wait. */
    private Uni<Optional<OperationState>> newer(OperationId id, long after, Duration wait) {
        return Uni.createFrom().deferred(
                () -> look(id, after, System.nanoTime() + wait.toNanos()));
    }

    private Uni<Optional<OperationState>> look(OperationId id, long after, long until) {
        // before the look, so that no change falls between the look and the wait
        CompletableFuture<Void> change = new CompletableFuture<>();
        waiting.compute(id, (same, others) -> {
            Set<CompletableFuture<Void>> all =
                    others == null ? ConcurrentHashMap.newKeySet() : others;
            all.add(change);
            return all;
        });
        return find(id).chain(state -> {
            long left = until - System.nanoTime();
            if (state.revision() > after || state.status().isTerminal()) {
                return Uni.createFrom().item(Optional.of(state));
            }
            if (left <= 0 || closed) {
                return Uni.createFrom().item(Optional.<OperationState>empty());
            }
            return Uni.createFrom().completionStage(change)
                    .ifNoItem().after(Duration.ofNanos(Math.min(left, LOOK.toNanos())))
                    .recoverWithItem((Void) null)
                    .chain(() -> look(id, after, until));
        }).onTermination().invoke(() -> forget(id, change));
    }

    private Uni<OperationState> find(OperationId id) {
        return operations.find(id).map(found -> found.orElseThrow(() -> new HubException(
                HubErrorCode.OPERATION_NOT_FOUND, "There is no operation '" + id + "'")));
    }

    private void wake(OperationId id) {
        Set<CompletableFuture<Void>> woken = waiting.remove(id);
        if (woken != null) {
            woken.forEach(change -> change.complete(null));
        }
    }

    private void forget(OperationId id, CompletableFuture<Void> change) {
        waiting.computeIfPresent(id, (same, others) -> {
            others.remove(change);
            return others.isEmpty() ? null : others;
        });
    }
}
