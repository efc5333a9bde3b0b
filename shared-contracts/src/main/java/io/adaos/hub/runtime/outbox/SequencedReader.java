package io.adaos.hub.runtime.outbox;

import com.fasterxml.jackson.databind.JsonNode;
import io.adaos.hub.contracts.bus.EventEnvelope;
import io.adaos.hub.contracts.bus.ServiceHead;
import io.smallrye.mutiny.Uni;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Optional;
import java.util.Queue;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Function;
import org.jboss.logging.Logger;

/**
 * Follows the facts of one service: lists its state, applies what comes after, lists again whenever
 * something may have been missed.
 *
 * <p>Safe for many threads. The sink is called on one thread of this reader, one call at a time,
 * and may block; events wait meanwhile in a bounded queue.
 *
 * @param <P> what a list holds
 */
public final class SequencedReader<P> implements AutoCloseable {

    private static final Logger LOG = Logger.getLogger(SequencedReader.class);
    private static final String TOMBSTONE = ".parked.v1";
    private static final int QUEUED_MAX = 10_000;

    /** While a list is under way; more than these are cheaper to list again. */
    private static final int WAITING_MAX = 500;
    private static final Duration TICK = Duration.ofMillis(250);

    /** Of a list with all its pages; each request of it has a shorter limit of its own. */
    private static final Duration LIST_WAIT = Duration.ofSeconds(60);
    private static final long BACKOFF_FIRST_MILLIS = 200;
    private static final long BACKOFF_LAST_MILLIS = 5_000;

    private final String name;
    private final Function<Optional<String>, Uni<Listing<P>>> lister;
    private final Sink<P> sink;
    private final Clock clock = Clock.systemUTC();
    private final long bornNanos = System.nanoTime();
    private final FollowRules rules = new FollowRules();
    private final Queue<EventEnvelope<JsonNode>> waiting = new ArrayDeque<>();
    private final AtomicInteger queued = new AtomicInteger();
    private final ScheduledExecutorService thread;

    private volatile FollowRules.Standing standing = rules.standing();
    private volatile boolean overflowed;
    private Optional<String> etag = Optional.empty();
    private boolean listing;
    private int failures;
    private long listNotBefore;

    /** Takes over what was read; an exception makes the reader list again. */
    public interface Sink<P> {

        /** The whole state. */
        void replace(P payload);

        /** The next fact. */
        void apply(EventEnvelope<JsonNode> event);
    }

    /**
     * A reader that does nothing before {@link #start}.
     *
     * @param name for logs and the thread
     * @param lister reads the whole state; gets the tag for If-None-Match when one can be used
     */
    public SequencedReader(
            String name, Function<Optional<String>, Uni<Listing<P>>> lister, Sink<P> sink) {
        this.name = name;
        this.lister = lister;
        this.sink = sink;
        ScheduledThreadPoolExecutor pool = new ScheduledThreadPoolExecutor(1, task -> {
            Thread made = new Thread(task, "follow-" + name);
            made.setDaemon(true);
            return made;
        });
        pool.setExecuteExistingDelayedTasksAfterShutdownPolicy(false);
        pool.setRejectedExecutionHandler(new ThreadPoolExecutor.DiscardPolicy());
        this.thread = pool;
    }

    /** Starts to list; subscribe to events and heads first. */
    public void start() {
        thread.scheduleWithFixedDelay(
                () -> guarded(this::tick), 0, TICK.toMillis(), TimeUnit.MILLISECONDS);
    }

    /** Takes an event of the followed service, in the order of the stream; never blocks. */
    public void onEvent(EventEnvelope<JsonNode> event) {
        if (event.epoch() == null || event.sequence() == null) {
            LOG.warnf("event=unnumbered_fact reader=%s id=%s", name, event.id());
            return;
        }
        if (queued.incrementAndGet() > QUEUED_MAX) {
            queued.decrementAndGet();
            overflowed = true;
            return;
        }
        thread.execute(() -> guarded(() -> take(event)));
    }

    /** Takes a head of the followed service; never blocks. */
    public void onHead(ServiceHead head) {
        thread.execute(() -> guarded(() -> {
            rules.head(head, nowMillis());
            tick();
        }));
    }

    /** Where the reader is; freshness is that of now. */
    public FollowState state() {
        FollowRules.Standing now = standing;
        return (overflowed ? now.incomplete() : now).at(nowMillis(), clock.instant());
    }

    @Override
    public void close() {
        thread.shutdownNow();
    }

    private void take(EventEnvelope<JsonNode> event) {
        if (listing) {
            waiting.add(event);
            if (waiting.size() > WAITING_MAX) {
                overflowed = true;
                dropWaiting();
            }
            return;
        }
        queued.decrementAndGet();
        applyOrList(event);
        tick();
    }

    /** Says whether the event needed no list. */
    private boolean applyOrList(EventEnvelope<JsonNode> event) {
        FollowRules.Verdict verdict = isTombstone(event)
                ? rules.tombstone(event.epoch(), event.sequence())
                : rules.event(event.epoch(), event.sequence(), nowMillis());
        if (verdict == FollowRules.Verdict.APPLY) {
            etag = Optional.empty();
            try {
                sink.apply(event);
            } catch (RuntimeException e) {
                LOG.errorf(e, "event=sink_failed reader=%s id=%s", name, event.id());
                rules.notApplied();
                backOff();
                return false;
            }
        }
        return verdict != FollowRules.Verdict.LIST;
    }

    /** It stands for a fact that could not be published; only the list still tells of that. */
    private static boolean isTombstone(EventEnvelope<JsonNode> event) {
        return event.type().endsWith(TOMBSTONE);
    }

    private void tick() {
        long now = nowMillis();
        if (overflowed && !listing) {      // else the list under way would settle it
            overflowed = false;
            rules.distrust();
        }
        boolean whole = rules.mustList(now);
        if (!listing && now >= listNotBefore && (whole || rules.mustPoll(now))) {
            list(whole ? Optional.empty() : etag);
        }
        standing = rules.standing();
    }

    /** One list at a time; its outcome comes back to this thread. */
    private void list(Optional<String> ifNoneMatch) {
        listing = true;
        Uni.createFrom().deferred(() -> lister.apply(ifNoneMatch))
                .ifNoItem().after(LIST_WAIT).fail()
                .subscribe().with(
                        answer -> thread.execute(() -> guarded(() ->
                                taken(answer, ifNoneMatch.isPresent()))),
                        failure -> thread.execute(() -> guarded(() -> failed(failure))));
    }

    private void taken(Listing<P> answer, boolean conditional) {
        listing = false;
        try {
            if (answer instanceof Listing.Listed<P> listed) {
                sink.replace(listed.payload());
                etag = Optional.ofNullable(listed.etag());
                rules.listed(listed.epoch(), listed.sequence(), nowMillis());
            } else if (!conditional) {
                throw new IllegalStateException("'unchanged' answered to an unconditional list");
            } else {
                rules.unchanged(nowMillis());
            }
            if (failures > 0) {
                LOG.infof("event=list_healed reader=%s after_failures=%d", name, failures);
            }
            failures = 0;
        } catch (RuntimeException e) {
            etag = Optional.empty();
            rules.distrust();
            failed(e);
            return;
        }
        drain();
        tick();
    }

    /** What came while the list was under way; most of it is in the list already. */
    private void drain() {
        while (!waiting.isEmpty()) {
            EventEnvelope<JsonNode> event = waiting.remove();
            queued.decrementAndGet();
            if (!applyOrList(event)) {
                dropWaiting();
            }
        }
    }

    private void dropWaiting() {
        queued.addAndGet(-waiting.size());
        waiting.clear();
    }

    private void failed(Throwable failure) {
        listing = false;
        if (!waiting.isEmpty()) {
            dropWaiting();
            rules.distrust();
        }
        if (failures == 0) {
            LOG.warnf("event=list_failed reader=%s detail=\"%s\"", name, failure);
        }
        backOff();
        standing = rules.standing();
    }

    private void backOff() {
        long wait = Math.min(BACKOFF_LAST_MILLIS, BACKOFF_FIRST_MILLIS << Math.min(failures, 10));
        failures++;
        listNotBefore = nowMillis() + wait / 2 + ThreadLocalRandom.current().nextLong(wait);
    }

    /** Monotonic: a wall clock that jumps must not make a state look fresh. */
    private long nowMillis() {
        return (System.nanoTime() - bornNanos) / 1_000_000;
    }

    /**
     * The edge of this thread: a fault here is logged and the state listed again. Also an error is
     * held here, since a timer that throws is never called again.
     */
    private void guarded(Runnable step) {
        try {
            step.run();
        } catch (Throwable e) {
            LOG.errorf(e, "event=reader_failed reader=%s", name);
            rules.distrust();
            backOff();
            standing = rules.standing();
        }
    }
}
