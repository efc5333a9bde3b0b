package io.adaos.hub.projection.governance.direct;

import io.adaos.hub.projection.governance.evidence.OwnerKey;
import io.adaos.hub.projection.governance.evidence.WriteReason;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The Yjs clients of which something was refused, those heard of last. A client belongs to the
 * owner it was refused under, so nobody can make somebody else's client read-only. Safe for use by
 * any thread.
 */
public final class RefusedClients {

    private static final int CLIENTS_MAX = 4_096;
    private static final int CLIENTS_OF_ONE_UPDATE_MAX = 16;

    private record Key(OwnerKey owner, long clientId) {
    }

    private final Map<Key, RefusedClient> clients = new LinkedHashMap<>(16, 0.75f, true) {
        private static final long serialVersionUID = 1L;

        @Override
        protected boolean removeEldestEntry(Map.Entry<Key, RefusedClient> eldest) {
            return size() > CLIENTS_MAX;
        }
    };

    /** An update of an owner was refused that was written in the names of these clients. */
    public synchronized void refused(
            OwnerKey owner, Collection<Long> writers, WriteReason reason, long now) {
        writers.stream().limit(CLIENTS_OF_ONE_UPDATE_MAX).forEach(client ->
                clients.putIfAbsent(new Key(owner, client), new RefusedClient(
                        owner.webspaceId(), owner.owner(), client, reason, 0, now)));
    }

    /**
     * Discards an update if one of its writers was refused before; tells why that was. Empty when
     * none was.
     */
    public synchronized Optional<WriteReason> discard(
            OwnerKey owner, Collection<Long> writers, long now) {
        for (long writer : writers) {
            Key key = new Key(owner, writer);
            RefusedClient known = clients.get(key);
            if (known != null) {
                clients.put(key, known.discarding(now));
                return Optional.of(known.reason());
            }
        }
        return Optional.empty();
    }

    /** Those that came back, the one heard of last first. */
    public synchronized List<RefusedClient> rows() {
        List<RefusedClient> rows = new ArrayList<>();
        clients.values().stream().filter(client -> client.discarded() > 0).forEach(rows::add);
        Collections.reverse(rows);
        return rows;
    }
}
