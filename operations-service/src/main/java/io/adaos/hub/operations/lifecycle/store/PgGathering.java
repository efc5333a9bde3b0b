package io.adaos.hub.operations.lifecycle.store;

import io.adaos.hub.contracts.error.HubErrorCode;
import io.adaos.hub.contracts.error.HubException;
import io.smallrye.mutiny.Uni;
import io.smallrye.mutiny.subscription.UniEmitter;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.function.Function;

/**
 * Gathers requests that arrive while transactions are under way, so that the next one serves them
 * all; and bounds what the callers have in the database, however many there are.
 *
 * <p>A request that finds nothing under way goes at once and alone, so gathering costs nobody
 * time; the busier it is, the larger the groups.
 */
final class PgGathering<Q, A> {

    /** Above what one second serves. */
    private static final int WAITING_MAX = 4_000;
    private static final Duration RETRY = Duration.ofSeconds(1);

    private final Function<List<Q>, Uni<List<A>>> work;
    private final int underWayMax;
    private final int groupMax;
    private final Deque<Waiting<Q, A>> waiting = new ArrayDeque<>();
    private int underWay;

    /**
     * @param work answers a group, in its order
     * @param underWayMax groups at a time
     */
    PgGathering(int underWayMax, int groupMax, Function<List<Q>, Uni<List<A>>> work) {
        this.work = work;
        this.underWayMax = underWayMax;
        this.groupMax = groupMax;
    }

    /** One that waits for its answer. */
    private record Waiting<Q, A>(Q request, UniEmitter<? super A> emitter) {
    }

    /** Answers with the group; {@code too_many_operations} when too many wait already. */
    Uni<A> ask(Q request) {
        return Uni.createFrom().emitter(emitter -> arrive(new Waiting<>(request, emitter)));
    }

    private void arrive(Waiting<Q, A> newcomer) {
        synchronized (this) {
            if (waiting.size() < WAITING_MAX) {
                waiting.add(newcomer);
                newcomer = null;
            }
        }
        if (newcomer == null) {
            next();
        } else {
            newcomer.emitter().fail(new HubException(HubErrorCode.TOO_MANY_OPERATIONS,
                    WAITING_MAX + " requests wait to be looked at").after(RETRY));
        }
    }

    private void next() {
        List<Waiting<Q, A>> group = new ArrayList<>();
        synchronized (this) {
            if (underWay == underWayMax || waiting.isEmpty()) {
                return;
            }
            underWay++;
            while (group.size() < groupMax && !waiting.isEmpty()) {
                group.add(waiting.poll());
            }
        }
        Uni.createFrom().deferred(() -> work.apply(group.stream().map(Waiting::request).toList()))
                .subscribe().with(answers -> {
                    ended();
                    for (int i = 0; i < group.size(); i++) {
                        group.get(i).emitter().complete(answers.get(i));
                    }
                }, failure -> {
                    ended();
                    group.forEach(one -> one.emitter().fail(failure));
                });
    }

    private void ended() {
        synchronized (this) {
            underWay--;
        }
        next();
    }
}
