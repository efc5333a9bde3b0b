package io.adaos.hub.projection.status;

import io.adaos.hub.contracts.id.NodeId;
import io.adaos.hub.contracts.status.Connectivity;
import io.adaos.hub.contracts.status.Connectivity.Kind;
import io.adaos.hub.contracts.status.Connectivity.PlannedTransition;
import io.adaos.hub.contracts.status.Connectivity.Transition;
import io.adaos.hub.contracts.status.Connectivity.Transport;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * What nodes announce of their links, and what follows from their silence. Sessions are known by
 * their sockets and not here. Moments are milliseconds of one clock that does not fall. Safe for
 * use by any thread.
 */
public final class ConnectivityTracker {

    private static final long MISSED_MS = 5_000;
    private static final long DISCONNECTED_MS = 15_000;
    private static final int ACTORS_MAX = 1_000;

    /** An actor, ordered as it is listed. */
    private record Actor(Kind kind, String scopeId) implements Comparable<Actor> {
        @Override
        public int compareTo(Actor other) {
            int byKind = kind.compareTo(other.kind);
            return byKind != 0 ? byKind : scopeId.compareTo(other.scopeId);
        }
    }

    private record Heard(Connectivity said, long at) {
    }

    private final boolean hasRoot;
    private final Map<Actor, Heard> actors = new TreeMap<>();

    /** @param hasRoot whether this hub has a root to be connected with */
    public ConnectivityTracker(boolean hasRoot) {
        this.hasRoot = hasRoot;
    }

    /** Whether something can be announced for an actor of this kind. */
    public boolean isAnnounced(Kind kind) {
        return switch (kind) {
            case HUB_ROOT -> hasRoot;
            case MEMBER_HUB -> true;
            case BROWSER_CONTROL_ROUTE -> false;
        };
    }

    /** An actor says how its link is; of too many the one silent for longest is forgotten. */
    public synchronized Connectivity announce(
            Kind kind, String scopeId, Announcement said, long now) {
        Connectivity contract = new Connectivity(kind, scopeId, said.transportState(),
                said.transitionState(), said.plannedTransition(), said.blockers(),
                said.servedBy());
        actors.put(new Actor(kind, scopeId), new Heard(contract, now));
        if (actors.size() > ACTORS_MAX) {
            actors.entrySet().stream()
                    .min((one, other) -> Long.compare(one.getValue().at(), other.getValue().at()))
                    .map(Map.Entry::getKey).ifPresent(actors::remove);
        }
        return contract;
    }

    /**
     * An actor was known before the service began; it has as long to be heard as if it had been
     * heard just now.
     */
    public synchronized void recall(Connectivity known, long now) {
        if (isAnnounced(known.kind()) && actors.size() < ACTORS_MAX) {
            actors.putIfAbsent(new Actor(known.kind(), known.scopeId()), new Heard(known, now));
        }
    }

    /** All actors as they are now, and the hub's own root in any case. */
    public synchronized List<Connectivity> actors(long now) {
        List<Connectivity> all = new ArrayList<>();
        if (actors.keySet().stream().noneMatch(actor -> actor.kind() == Kind.HUB_ROOT)) {
            all.add(new Connectivity(Kind.HUB_ROOT, NodeId.HUB.value(), Transport.UNKNOWN,
                    hasRoot ? Transition.RECONNECTING : Transition.DISABLED,
                    PlannedTransition.NONE, hasRoot ? List.of("never_heard") : List.of(), null));
        }
        actors.values().forEach(heard -> all.add(after(heard.said(), now - heard.at())));
        return all;
    }

    /** What is left of an announcement after so long; what was planned stays announced. */
    private static Connectivity after(Connectivity said, long silentMs) {
        if (silentMs < MISSED_MS) {
            return said;
        }
        List<String> blockers = new ArrayList<>(said.blockers());
        if (!blockers.contains("heartbeat_missed")) {
            blockers.add("heartbeat_missed");
        }
        boolean gone = silentMs >= DISCONNECTED_MS
                || said.transportState() == Transport.DISCONNECTED;
        return new Connectivity(said.kind(), said.scopeId(),
                gone ? Transport.DISCONNECTED : Transport.DEGRADED,
                said.plannedTransition().active() || said.transitionState() == Transition.DISABLED
                        ? said.transitionState() : Transition.RECONNECTING,
                said.plannedTransition(), blockers, said.servedBy());
    }
}
