package io.adaos.hub.projection.crdt;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/** Which clients wait for which unit of another: the one that arrives wakes only those. */
final class Blockers {
    private record Wait(ClientStructs needed, long clock) {}

    private final Map<ClientStructs, Wait> waits = new HashMap<>();
    private final Map<ClientStructs, TreeMap<Long, Set<ClientStructs>>> waiters = new HashMap<>();

    /** From now on a client waits for this unit, and for no other. */
    void set(ClientStructs waiter, ClientStructs needed, long clock) {
        remove(waiter);
        waits.put(waiter, new Wait(needed, clock));
        waiters.computeIfAbsent(needed, client -> new TreeMap<>())
                .computeIfAbsent(clock, at -> new LinkedHashSet<>())
                .add(waiter);
    }

    /** A client waits no longer. */
    void remove(ClientStructs waiter) {
        Wait wait = waits.remove(waiter);
        if (wait == null) {
            return;
        }
        TreeMap<Long, Set<ClientStructs>> byClock = waiters.get(wait.needed());
        Set<ClientStructs> same = byClock.get(wait.clock());
        same.remove(waiter);
        if (same.isEmpty()) {
            byClock.remove(wait.clock());
        }
        if (byClock.isEmpty()) {
            waiters.remove(wait.needed());
        }
    }

    /** Those that wait for units of this client which are there now. */
    List<ClientStructs> wokenBy(ClientStructs arrived) {
        TreeMap<Long, Set<ClientStructs>> byClock = waiters.get(arrived);
        if (byClock == null) {
            return List.of();
        }
        List<ClientStructs> woken = new ArrayList<>();
        byClock.headMap(arrived.nextClock()).values().forEach(woken::addAll);
        return woken;
    }
}
