package io.adaos.hub.runtime.bus.channel;

import io.adaos.hub.runtime.bus.NatsConnection;
import io.nats.client.Connection;
import io.nats.client.JetStreamApiException;
import io.nats.client.Message;
import java.io.IOException;
import java.util.Optional;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import org.jboss.logging.Logger;

/**
 * Keeps one channel reading for ever: opens its source when there is a connection, and anew after
 * each reconnect and whenever the source is no longer sound. Waits quietly for a missing stream.
 */
final class ChannelKeeper implements AutoCloseable {

    private static final Logger LOG = Logger.getLogger(ChannelKeeper.class);
    private static final int CHECK_MILLIS = 2_000;
    private static final int RETRY_MILLIS = 500;

    private final String channel;
    private final NatsConnection nats;
    private final BusSource source;
    private final ChannelFeed feed;
    private final Semaphore wake = new Semaphore(0);
    private final AtomicLong generation = new AtomicLong();
    private final Thread thread;

    private volatile boolean closed;
    private BusSource.Reading reading;      // null while not reading
    private long openedAt;
    private boolean waiting;

    ChannelKeeper(String channel, NatsConnection nats, BusSource source) {
        this.channel = channel;
        this.nats = nats;
        this.source = source;
        this.feed = new ChannelFeed(this::start, this::close);
        this.thread = new Thread(this::run, "bus-" + channel);
        thread.setDaemon(true);
    }

    ChannelFeed feed() {
        return feed;
    }

    @Override
    public void close() {
        closed = true;
        wake.release();
    }

    private void start() {
        nats.onConnected(wake::release);
        thread.start();
    }

    private void run() {
        try {
            while (!closed) {
                boolean settled = keep();
                wake.tryAcquire(settled ? CHECK_MILLIS : RETRY_MILLIS, TimeUnit.MILLISECONDS);
                wake.drainPermits();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } finally {
            drop();
        }
    }

    /** Says whether all is well for now. */
    private boolean keep() {
        Optional<Connection> live = nats.live();
        if (live.isEmpty()) {
            return true;
        }
        long connects = nats.connects();
        try {
            if (reading != null && openedAt == connects && reading.isSound()) {
                return true;
            }
            drop();
            long mine = generation.get();
            reading = source.open(live.get(), message -> take(message, mine));
            openedAt = connects;
            if (waiting) {
                LOG.infof("event=channel_reading channel=%s", channel);
                waiting = false;
            }
            return true;
        } catch (IOException | JetStreamApiException | IllegalStateException e) {
            drop();
            if (!waiting) {
                LOG.infof("event=channel_waiting channel=%s detail=\"%s\"",
                        channel, e.getMessage());
                waiting = true;
            }
            return false;
        }
    }

    private void drop() {
        generation.incrementAndGet();
        if (reading != null) {
            reading.stop();
            reading = null;
        }
    }

    private void take(Message received, long mine) throws InterruptedException {
        if (feed.offer(source.wrap(received), () -> !closed && generation.get() == mine,
                () -> source.taken(received))) {
            return;
        }
        source.left(received);
    }
}
