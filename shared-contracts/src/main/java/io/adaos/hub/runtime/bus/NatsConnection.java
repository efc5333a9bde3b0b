package io.adaos.hub.runtime.bus;

import io.nats.client.Connection;
import io.nats.client.ConnectionListener;
import io.nats.client.Nats;
import io.nats.client.Options;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import org.jboss.logging.Logger;

/**
 * The one connection of this process to NATS. It never keeps anybody waiting: there is a live
 * connection or there is none, and behind the scene it is tried again for ever.
 */
public final class NatsConnection implements AutoCloseable {

    private static final Logger LOG = Logger.getLogger(NatsConnection.class);
    private static final Duration CONNECT_WAIT = Duration.ofSeconds(2);
    private static final Duration PING_EVERY = Duration.ofSeconds(3);
    private static final int PINGS_OUT_MAX = 2;
    private static final long RECONNECT_BUFFER_BYTES = 256 * 1024;

    private final NatsSettings settings;
    private final List<Runnable> listeners = new CopyOnWriteArrayList<>();
    private final AtomicLong connects = new AtomicLong();
    private final ScheduledExecutorService background =
            Executors.newSingleThreadScheduledExecutor(task -> {
                Thread made = new Thread(task, "nats-connect");
                made.setDaemon(true);
                return made;
            });

    private volatile Connection connection;      // null before the first success
    private volatile boolean closed;

    /** Settings only; nothing happens before {@link #open}. */
    public NatsConnection(NatsSettings settings) {
        this.settings = settings;
    }

    /** Starts to connect in the background and returns at once. */
    public void open() {
        if (settings.url().isEmpty()) {
            LOG.warn("event=bus_not_configured detail=\"set HUB_NATS_URL; readers will poll\"");
            return;
        }
        background.execute(this::firstConnect);
    }

    /** The live connection; empty while there is none. */
    public Optional<Connection> live() {
        Connection now = connection;
        return now != null && now.getStatus() == Connection.Status.CONNECTED
                ? Optional.of(now) : Optional.empty();
    }

    /** Whether an address is configured at all. */
    public boolean configured() {
        return settings.url().isPresent();
    }

    /** How often a connection was made since the start. */
    public long connects() {
        return connects.get();
    }

    /** Calls the listener, in the background, each time a connection is made, and now if live. */
    public void onConnected(Runnable listener) {
        listeners.add(listener);
        if (live().isPresent()) {
            background.execute(() -> guarded(listener));
        }
    }

    @Override
    public void close() {
        closed = true;
        background.shutdownNow();
        Connection now = connection;
        if (now != null) {
            try {
                now.close();
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        }
    }

    /** The library reconnects for ever by itself, but only after the first success. */
    private void firstConnect() {
        if (closed) {
            return;
        }
        try {
            connection = Nats.connect(options());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } catch (IOException | RuntimeException e) {
            LOG.debugf("event=bus_away detail=\"%s\"", e.getMessage());
            connectLater();
        }
    }

    private void connectLater() {
        if (!closed) {
            background.schedule(this::firstConnect,
                    settings.reconnectWait().toMillis(), TimeUnit.MILLISECONDS);
        }
    }

    private Options options() {
        return Options.builder()
                .servers(settings.url().orElseThrow().split(","))
                .connectionName(settings.name())
                .maxReconnects(-1)
                .reconnectWait(settings.reconnectWait())
                .reconnectJitter(settings.reconnectWait())
                .reconnectBufferSize(RECONNECT_BUFFER_BYTES)
                .connectionTimeout(CONNECT_WAIT)
                .pingInterval(PING_EVERY)
                .maxPingsOut(PINGS_OUT_MAX)
                .errorListener(new QuietBusErrors())
                .connectionListener(this::changed)
                .build();
    }

    private void changed(Connection changed, ConnectionListener.Events event) {
        LOG.infof("event=bus_%s", event.name().toLowerCase(Locale.ROOT));
        if (event == ConnectionListener.Events.CONNECTED
                || event == ConnectionListener.Events.RECONNECTED) {
            connection = changed;
            connects.incrementAndGet();
            if (!closed) {
                background.execute(() -> listeners.forEach(this::guarded));
            }
        } else if (event == ConnectionListener.Events.CLOSED && changed == connection) {
            // The library gave up for good, as it does when its credentials are refused twice.
            connectLater();
        }
    }

    private void guarded(Runnable listener) {
        try {
            listener.run();
        } catch (RuntimeException e) {
            LOG.errorf(e, "event=bus_listener_failed");
        }
    }
}
