package io.adaos.hub.projection.gateway;

import io.adaos.hub.projection.crdt.sync.AwarenessUpdate;
import java.nio.charset.StandardCharsets;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** What one socket says about who is there, and how fast. Not thread-safe. */
final class SocketPresence {

    private static final long WINDOW_MILLIS = 1_000;

    private final PresenceLimits limits;
    private final Set<Long> ids = new HashSet<>();
    private final Map<Long, AwarenessUpdate.Entry> waiting = new LinkedHashMap<>();
    private long windowStart = Long.MIN_VALUE / 2;
    private long askedAt = Long.MIN_VALUE / 2;
    private int passedOn;

    SocketPresence(PresenceLimits limits) {
        this.limits = limits;
    }

    /** The client ids that belong to this socket. */
    Set<Long> ids() {
        return ids;
    }

    /** Whether one more id may belong to this socket. */
    boolean hasPlace(AwarenessUpdate.Entry entry) {
        long further = waiting.keySet().stream().filter(id -> !ids.contains(id)).count();
        return waiting.containsKey(entry.clientId()) || ids.size() + further < limits.idsMax();
    }

    /** Keeps the newest state of a client until it may be passed on. */
    void keep(AwarenessUpdate.Entry entry) {
        waiting.merge(entry.clientId(), entry,
                (before, now) -> now.clock() >= before.clock() ? now : before);
    }

    /** Takes out what waits; nothing while the socket has said too much in this second. */
    List<AwarenessUpdate.Entry> takeIfDue(long nowMillis) {
        if (waiting.isEmpty()) {
            return List.of();
        }
        if (nowMillis - windowStart >= WINDOW_MILLIS) {
            windowStart = nowMillis;
            passedOn = 0;
        }
        if (passedOn >= limits.changesPerSecondMax()) {
            return List.of();
        }
        passedOn++;
        List<AwarenessUpdate.Entry> taken = List.copyOf(waiting.values());
        waiting.clear();
        return taken;
    }

    /** Whether a question may be answered now: one a second. */
    boolean mayAsk(long nowMillis) {
        if (nowMillis - askedAt < WINDOW_MILLIS) {
            return false;
        }
        askedAt = nowMillis;
        return true;
    }

    /** What the state of an entry weighs. */
    static int bytesOf(AwarenessUpdate.Entry entry) {
        return entry.state().getBytes(StandardCharsets.UTF_8).length;
    }
}
