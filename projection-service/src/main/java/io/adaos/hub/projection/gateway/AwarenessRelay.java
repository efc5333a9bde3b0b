package io.adaos.hub.projection.gateway;

import io.adaos.hub.projection.crdt.codec.MalformedUpdateException;
import io.adaos.hub.projection.crdt.sync.Awareness;
import io.adaos.hub.projection.crdt.sync.AwarenessChange;
import io.adaos.hub.projection.crdt.sync.AwarenessMessage;
import io.adaos.hub.projection.crdt.sync.AwarenessUpdate;
import io.adaos.hub.projection.crdt.sync.SyncProtocol;
import io.adaos.hub.projection.room.member.OutboundFrame;
import io.adaos.hub.projection.room.member.RoomMember;
import java.time.Clock;
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
     * gone. So that nobody can be declared gone by somebody else, that word is taken only from the
     * socket which last said something new of this client; its end says the same.
     */

    private static final int CLIENTS_MAX = 10_000;
    private static final long NOBODY = 0;

    private final Clock clock;
    private final Awareness awareness = new Awareness(NOBODY, CLIENTS_MAX);
    private final Map<RoomMember, Set<Long>> announced = new LinkedHashMap<>();

    AwarenessRelay(Clock clock) {
        this.clock = clock;
    }

    /** Takes in a socket and tells it who is there. */
    synchronized void join(RoomMember member) {
        announced.put(member, new HashSet<>());
        tell(member);
    }

    /** Tells one socket who is there; says nothing when nobody is. */
    synchronized void tell(RoomMember member) {
        AwarenessUpdate everybody = awareness.everybody();
        if (!everybody.entries().isEmpty()) {
            member.offer(frame(everybody));
        }
    }

    /** Takes what a socket says and passes on what is new. */
    void apply(RoomMember member, byte[] update) throws MalformedUpdateException {
        AwarenessUpdate said = AwarenessUpdate.decode(update, ClientFrame.LIMITS);
        synchronized (this) {
            Set<Long> own = announced.get(member);
            if (own == null) {
                return;
            }
            List<AwarenessUpdate.Entry> entries = said.entries().stream()
                    .filter(entry -> !entry.isGone() || own.contains(entry.clientId()))
                    .toList();
            AwarenessChange change =
                    awareness.apply(new AwarenessUpdate(entries), clock.millis());
            Set<Long> changed = new HashSet<>(change.added());
            changed.addAll(change.updated());
            announced.values().forEach(ids -> ids.removeAll(changed));
            own.addAll(changed);
            changed.addAll(change.removed());
            broadcast(new AwarenessUpdate(entries.stream()
                    .filter(entry -> changed.contains(entry.clientId())).toList()));
        }
    }

    /** The socket has ended, and with it whoever it announced. */
    synchronized void leave(RoomMember member) {
        Set<Long> gone = announced.remove(member);
        if (gone != null) {
            broadcast(awareness.remove(gone, clock.millis()));
        }
    }

    /** Forgets clients that were silent for too long. */
    synchronized void removeOutdated() {
        broadcast(awareness.expire(clock.millis()));
    }

    private void broadcast(AwarenessUpdate news) {
        if (!news.entries().isEmpty()) {
            OutboundFrame frame = frame(news);
            announced.keySet().forEach(member -> member.offer(frame));
        }
    }

    private static OutboundFrame frame(AwarenessUpdate news) {
        return OutboundFrame.ofPresence(
                SyncProtocol.encode(new AwarenessMessage(news.encode())));
    }
}
