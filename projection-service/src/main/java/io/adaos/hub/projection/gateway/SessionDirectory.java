package io.adaos.hub.projection.gateway;

import io.adaos.hub.contracts.id.WebspaceId;
import io.adaos.hub.projection.room.member.CloseReason;
import io.adaos.hub.projection.room.member.MemberProgress;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.jboss.logging.Logger;

/** All sockets of this process, and who is present in which webspace. */
public final class SessionDirectory {

    private static final Logger LOG = Logger.getLogger(SessionDirectory.class);

    /** Pings go out every 20 s; who answers none of three is gone. */
    private static final Duration SILENCE_MAX = Duration.ofSeconds(65);
    private static final Duration CHECK_EVERY = Duration.ofSeconds(2);

    private final Map<String, SocketEntry> entries = new ConcurrentHashMap<>();
    private final Map<WebspaceId, AwarenessRelay> presence = new ConcurrentHashMap<>();
    private final Clock clock;

    public SessionDirectory(Clock clock) {
        this.clock = clock;
    }

    /** Starts to look after the sockets; it ends with the timer. */
    public void start(ScheduledExecutorService timer) {
        long millis = CHECK_EVERY.toMillis();
        timer.scheduleAtFixedRate(this::check, millis, millis, TimeUnit.MILLISECONDS);
    }

    /**
     * A socket in a room.
     *
     * @param id of the connection
     * @param progress how far its client is
     * @param heardNanos when it last showed that it lives, of {@link System#nanoTime}
     */
    public record Session(String id, MemberProgress progress, long heardNanos) {
    }

    /** The sockets of each room that has any. */
    public Map<WebspaceId, List<Session>> sessions() {
        Map<WebspaceId, List<Session>> sessions = new HashMap<>();
        entries.forEach((connection, entry) -> entry.session().ifPresent(open -> sessions
                .computeIfAbsent(open.webspace(), webspace -> new ArrayList<>())
                .add(new Session(connection, open.progress(), entry.heardNanos()))));
        return sessions;
    }

    /** How many sockets are open. */
    public int size() {
        return entries.size();
    }

    /**
     * A connection has opened; its frames wait until it has a session.
     *
     * @param closer ends the connection while it has none
     */
    SocketEntry add(String connection, FrameLimits limits, Consumer<CloseReason> closer) {
        SocketEntry entry = new SocketEntry(limits, closer, clock.instant());
        entries.put(connection, entry);
        return entry;
    }

    /** A frame has come in. */
    void deliver(String connection, byte[] frame) {
        SocketEntry entry = entries.get(connection);
        if (entry != null) {
            entry.heard(clock.instant());
            entry.deliver(frame);
        }
    }

    /** The connection has shown that it lives. */
    void heard(String connection) {
        SocketEntry entry = entries.get(connection);
        if (entry != null) {
            entry.heard(clock.instant());
        }
    }

    /** The connection has ended. */
    void remove(String connection) {
        SocketEntry entry = entries.remove(connection);
        if (entry != null) {
            entry.end();
        }
    }

    /** Ends a connection for this reason. */
    void close(String connection, CloseReason reason) {
        SocketEntry entry = entries.get(connection);
        if (entry != null) {
            entry.close(reason);
        }
    }

    /** Who is present in a webspace. */
    AwarenessRelay presence(WebspaceId webspace) {
        return presence.computeIfAbsent(webspace, id -> new AwarenessRelay(clock));
    }

    /** States that sockets were not allowed to tell. */
    public long presenceRefused() {
        return presence.values().stream().mapToLong(AwarenessRelay::refused).sum();
    }

    private void check() {
        Instant now = clock.instant();
        Instant silentSince = now.minus(SILENCE_MAX);
        entries.forEach((connection, entry) ->
                guarded(connection, () -> entry.check(now, silentSince)));
        presence.forEach((webspace, relay) -> guarded(webspace, relay::refresh));
    }

    /** One that fails must not stop the others; a timer forgets a task that throws. */
    private static void guarded(Object of, Runnable step) {
        try {
            step.run();
        } catch (RuntimeException | Error e) {
            LOG.errorf(e, "event=socket_check_failed of=%s", of);
        }
    }
}
