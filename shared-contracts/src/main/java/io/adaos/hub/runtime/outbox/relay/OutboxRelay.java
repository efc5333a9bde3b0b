package io.adaos.hub.runtime.outbox.relay;

import io.adaos.hub.runtime.pg.AdvisoryLock;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.pgclient.PgConnection;
import io.vertx.mutiny.sqlclient.Pool;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;
import org.jboss.logging.Logger;

/**
 * Numbers committed facts without holes and publishes them in that order; one relay works per
 * database at a time.
 *
 * <p>All work is done on one thread of its own. Numbering goes on while NATS is away, so that lists
 * can be followed by polling.
 */
final class OutboxRelay implements AutoCloseable {

    private static final Logger LOG = Logger.getLogger(OutboxRelay.class);
    static final String CHANNEL = "hub_outbox";
    private static final int ROWS_NUMBERED_MAX = 1_000;
    private static final int ROWS_PUBLISHED_MAX = 200;
    private static final int REFUSALS_MAX = 3;
    private static final Duration TIMER = Duration.ofSeconds(1);
    private static final Duration HEAD_EVERY = Duration.ofSeconds(2);
    private static final Duration CONFIRM_EVERY = Duration.ofSeconds(5);
    private static final Duration STORE_WAIT = Duration.ofSeconds(10);
    private static final long BACKOFF_FIRST_MILLIS = 100;
    private static final long BACKOFF_LAST_MILLIS = 5_000;

    private final Pool pool;
    private final AdvisoryLock lock;
    private final PgRelayStore store;
    private final NatsFactPublisher publisher;
    private final OutboxCleaner cleaner;
    private final Counter published;
    private final Counter parked;
    private final AtomicLong lag = new AtomicLong();
    private final AtomicBoolean notifying = new AtomicBoolean();
    private final Semaphore wake = new Semaphore(0);
    private final Thread thread = new Thread(this::run, "outbox-relay");

    private volatile boolean closed;
    private long headSentAt = System.nanoTime() - HEAD_EVERY.toNanos();
    private long refusedSequence;
    private PgConnection listening;                 // null before the first election
    private long confirmedAt = System.nanoTime();
    private int refusals;
    private int faults;
    private long publishNotBefore = System.nanoTime();

    OutboxRelay(Pool pool, AdvisoryLock lock, NatsFactPublisher publisher,
            MeterRegistry meters) {
        this.pool = pool;
        this.lock = lock;
        this.store = new PgRelayStore(pool);
        this.publisher = publisher;
        this.cleaner = new OutboxCleaner(store);
        this.published = meters.counter("hub.outbox.published");
        this.parked = meters.counter("hub.outbox.parked");
        meters.gauge("hub.outbox.lag", lag);
        thread.setDaemon(true);
    }

    void start() {
        thread.start();
    }

    /** A commit of this process left facts: work here, or tell the process that works. */
    void committed() {
        if (lock.held()) {
            wake.release();
        } else if (notifying.compareAndSet(false, true)) {
            pool.query("NOTIFY " + CHANNEL).execute()
                    .onTermination().invoke(() -> notifying.set(false))
                    .subscribe().with(
                            done -> { },
                            failure -> LOG.debugf(failure, "event=outbox_notify_failed"));
        }
    }

    /** The connection to NATS is back: do not wait for a back-off to end. */
    void busConnected() {
        faults = 0;
        publishNotBefore = System.nanoTime();
        wake.release();
    }

    @Override
    public void close() {
        closed = true;
        thread.interrupt();
        try {
            thread.join(TIMER.toMillis());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        lock.release().subscribe().with(done -> { }, failure -> { });
    }

    private void run() {
        boolean storeAway = false;
        while (!closed) {
            try {
                if (holdsLock()) {
                    work();
                }
                if (storeAway) {
                    LOG.info("event=outbox_store_back");
                    storeAway = false;
                }
                sleep();
            } catch (InterruptedException e) {
                return;
            } catch (RuntimeException e) {
                if (closed) {
                    return;
                }
                if (!storeAway) {
                    LOG.warnf("event=outbox_store_away detail=\"%s\"", e);
                }
                storeAway = true;
                lock.drop();
                pause();
            }
        }
    }

    private boolean holdsLock() {
        if (!lock.held() && !await(lock.tryAcquire())) {
            return false;
        }
        PgConnection own = lock.connection().orElseThrow(
                () -> new IllegalStateException("the lock's connection ended at once"));
        if (own != listening) {
            own.notificationHandler(notification -> wake.release());
            await(own.query("LISTEN " + CHANNEL).execute());
            listening = own;
            LOG.info("event=outbox_relay_elected");
        }
        return true;
    }

    /** A connection that is only listened to never tells that it is dead. */
    private void confirmLock() {
        if (System.nanoTime() - confirmedAt >= CONFIRM_EVERY.toNanos()) {
            confirmedAt = System.nanoTime();
            await(lock.confirm());
        }
    }

    /** Until nothing is left to do at the moment. */
    private void work() throws InterruptedException {
        boolean more = true;
        while (more && !closed && lock.held()) {
            wake.drainPermits();
            confirmLock();
            OutboxHead head = await(store.number(ROWS_NUMBERED_MAX));
            lag.set(head.sequence() - head.published());
            sendHead(head);
            more = head.published() < head.sequence() && publish(head);
            cleaner.runIfDue();
        }
    }

    /** Publishes the next rows; says whether it is worth going on at once. */
    private boolean publish(OutboxHead head) throws InterruptedException {
        if (System.nanoTime() - publishNotBefore < 0 || !publisher.isLive()) {
            return false;
        }
        List<NumberedFact> facts = await(store.above(head.published(), ROWS_PUBLISHED_MAX));
        NatsFactPublisher.Outcome outcome = publisher.publish(head.epoch(), facts);
        if (outcome.stored() > 0) {
            long upTo = facts.get(outcome.stored() - 1).sequence();
            await(store.published(head.published(), upTo));
            published.increment(outcome.stored());
        }
        if (outcome.fault().isPresent()) {
            backOff(outcome.fault().get());
            return false;
        }
        if (outcome.refused().isPresent()) {
            refused(facts.get(outcome.stored()), outcome.refused().get());
            return true;
        }
        if (faults > 0) {
            LOG.infof("event=outbox_publishing_again after_faults=%d", faults);
            faults = 0;
        }
        return true;
    }

    /** What is refused three times in a row is parked: a tombstone takes its number. */
    private void refused(NumberedFact fact, String reason) throws InterruptedException {
        refusals = fact.sequence() == refusedSequence ? refusals + 1 : 1;
        refusedSequence = fact.sequence();
        if (refusals < REFUSALS_MAX) {
            TimeUnit.MILLISECONDS.sleep(BACKOFF_FIRST_MILLIS);
            return;
        }
        LOG.errorf("event=fact_parked sequence=%d type=%s key=%s detail=\"%s\"",
                fact.sequence(), fact.type(), fact.key(), reason);
        await(store.park(fact.sequence(), reason));
        parked.increment();
    }

    private void backOff(String fault) {
        if (faults == 0) {
            LOG.warnf("event=outbox_publishing_delayed detail=\"%s\"", fault);
        }
        long wait = Math.min(BACKOFF_LAST_MILLIS, BACKOFF_FIRST_MILLIS << Math.min(faults, 10));
        faults++;
        publishNotBefore = System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(
                wait / 2 + ThreadLocalRandom.current().nextLong(wait));
    }

    private void sendHead(OutboxHead head) {
        if (System.nanoTime() - headSentAt >= HEAD_EVERY.toNanos()) {
            headSentAt = System.nanoTime();
            publisher.head(head.epoch(), head.sequence());
        }
    }

    /** Until a commit, a notification, the end of a back-off or the timer. */
    private void sleep() throws InterruptedException {
        long backOff = publishNotBefore - System.nanoTime();
        long wait = backOff > 0 && lag.get() > 0
                ? Math.min(backOff, TIMER.toNanos()) : TIMER.toNanos();
        wake.tryAcquire(wait, TimeUnit.NANOSECONDS);
    }

    private void pause() {
        try {
            TimeUnit.MILLISECONDS.sleep(
                    TIMER.toMillis() / 2 + ThreadLocalRandom.current().nextLong(TIMER.toMillis()));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private static <T> T await(Uni<T> step) {
        return step.await().atMost(STORE_WAIT);
    }
}
