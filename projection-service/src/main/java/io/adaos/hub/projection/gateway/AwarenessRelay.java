package io.adaos.hub.projection.gateway;

import io.adaos.hub.projection.crdt.codec.DecodeLimits;
import io.adaos.hub.projection.crdt.codec.MalformedUpdateException;
import io.adaos.hub.projection.crdt.sync.Awareness;
import io.adaos.hub.projection.crdt.sync.AwarenessChange;
import io.adaos.hub.projection.crdt.sync.AwarenessMessage;
import io.adaos.hub.projection.crdt.sync.AwarenessUpdate;
import io.adaos.hub.projection.crdt.sync.SyncProtocol;
import io.adaos.hub.projection.room.member.OutboundFrame;
import io.adaos.hub.projection.room.member.RoomMember;
import java.time.Clock;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Who is present in one webspace, told to everybody there. Safe for use by any thread. */
final class AwarenessRelay {

    /*
     * Notes on ownership.
     *
     * A client repeats what it hears of others, and after 30 s of silence it says that another is
     * gone. So that nobody can speak for somebody else, an id belongs to the socket that first
     * said something new of it, until that socket ends or the id was silent for too long; what
     * other sockets say of it is ignored. A client that comes back before its old socket has been
     * found dead is therefore not seen for up to 30 s.
     */

    private static final int CLIENTS_MAX = 10_000;
    private static final long NOBODY = 0;

    /** An id that is present: whose it is, and what its state weighs. */
    private record Held(SocketPresence by, long clock, int bytes) {
    }

    private final Clock clock;
    private final PresenceLimits limits;
    private final Awareness awareness = new Awareness(NOBODY, CLIENTS_MAX);
    private final Map<RoomMember, SocketPresence> sockets = new LinkedHashMap<>();
    private final Map<Long, Held> held = new HashMap<>();
    private long heldBytes;
    private long refused;

    AwarenessRelay(Clock clock) {
        this(clock, PresenceLimits.DEFAULT);
    }

    AwarenessRelay(Clock clock, PresenceLimits limits) {
        this.clock = clock;
        this.limits = limits;
    }

    /** Takes in a socket and tells it who is there. */
    synchronized void join(RoomMember member) {
        sockets.put(member, new SocketPresence(limits));
        tell(member);
    }

    /** Tells one socket who is there; says nothing when nobody is. */
    synchronized void tell(RoomMember member) {
        AwarenessUpdate everybody = awareness.everybody();
        if (!everybody.entries().isEmpty()) {
            member.offer(frame(everybody));
        }
    }

    /** A socket asks who is there; it is answered once a second. */
    synchronized void query(RoomMember member) {
        SocketPresence socket = sockets.get(member);
        if (socket != null && socket.mayAsk(clock.millis())) {
            tell(member);
        }
    }

    /**
     * Takes what a socket says and passes on what is new; of what comes too fast the newest is
     * passed on later.
     */
    void apply(RoomMember member, byte[] update) throws MalformedUpdateException {
        AwarenessUpdate said = AwarenessUpdate.decode(update, DecodeLimits.LIVE_PEER);
        synchronized (this) {
            SocketPresence socket = sockets.get(member);
            if (socket != null) {
                said.entries().stream()
                        .filter(entry -> mayBeSaid(entry, socket))
                        .forEach(socket::keep);
                passOn(socket);
            }
        }
    }

    /** The socket has ended, and with it whoever it announced. */
    synchronized void leave(RoomMember member) {
        SocketPresence socket = sockets.remove(member);
        if (socket != null) {
            Set<Long> gone = Set.copyOf(socket.ids());
            free(gone);
            broadcast(awareness.remove(gone, clock.millis()));
        }
    }

    /** Forgets clients that were silent for too long, and passes on what had come too fast. */
    synchronized void refresh() {
        AwarenessUpdate expired = awareness.expire(clock.millis());
        free(expired.entries().stream().map(AwarenessUpdate.Entry::clientId).toList());
        broadcast(expired);
        sockets.values().forEach(this::passOn);
    }

    /** States that were ignored since they were too large, too many or somebody else's. */
    synchronized long refused() {
        return refused;
    }

    private boolean mayBeSaid(AwarenessUpdate.Entry entry, SocketPresence socket) {
        Held known = held.get(entry.clientId());
        if (known == null) {
            return !entry.isGone() && (fits(entry, 0) && socket.hasPlace(entry) || refuse());
        }
        if (entry.clock() < known.clock() || entry.clock() == known.clock() && !entry.isGone()) {
            return false;
        }
        if (known.by() != socket) {
            return refuse();
        }
        return entry.isGone() || fits(entry, known.bytes()) || refuse();
    }

    private boolean fits(AwarenessUpdate.Entry entry, int bytesBefore) {
        int bytes = SocketPresence.bytesOf(entry);
        return bytes <= limits.stateBytesMax()
                && heldBytes - bytesBefore + bytes <= limits.totalBytesMax();
    }

    private boolean refuse() {
        refused++;
        return false;
    }

    private void passOn(SocketPresence socket) {
        List<AwarenessUpdate.Entry> entries = socket.takeIfDue(clock.millis()).stream()
                .filter(entry -> mayBeSaid(entry, socket))
                .toList();
        if (entries.isEmpty()) {
            return;
        }
        AwarenessChange change = awareness.apply(new AwarenessUpdate(entries), clock.millis());
        Set<Long> changed = new HashSet<>(change.added());
        changed.addAll(change.updated());
        changed.addAll(change.removed());
        List<AwarenessUpdate.Entry> news = entries.stream()
                .filter(entry -> changed.contains(entry.clientId())).toList();
        news.forEach(entry -> hold(entry, socket));
        broadcast(new AwarenessUpdate(news));
    }

    private void hold(AwarenessUpdate.Entry entry, SocketPresence socket) {
        int bytes = entry.isGone() ? 0 : SocketPresence.bytesOf(entry);
        Held before = held.put(entry.clientId(), new Held(socket, entry.clock(), bytes));
        heldBytes += bytes - (before == null ? 0 : before.bytes());
        socket.ids().add(entry.clientId());
    }

    private void free(Collection<Long> ids) {
        for (Long id : ids) {
            Held before = held.remove(id);
            if (before != null) {
                heldBytes -= before.bytes();
                before.by().ids().remove(id);
            }
        }
    }

    private void broadcast(AwarenessUpdate news) {
        if (!news.entries().isEmpty()) {
            OutboundFrame frame = frame(news);
            sockets.keySet().forEach(member -> member.offer(frame));
        }
    }

    private static OutboundFrame frame(AwarenessUpdate news) {
        return OutboundFrame.ofPresence(
                SyncProtocol.encode(new AwarenessMessage(news.encode())));
    }
}
