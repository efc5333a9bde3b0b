package io.adaos.hub.projection.crdt.sync;

import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Who is present, as told by the clients themselves; nothing of it is stored.
 *
 * <p>Times are milliseconds of any clock that does not go back. Not thread-safe.
 */
public final class Awareness {
    /** A client that was silent for this long is gone. */
    public static final long EXPIRES_AFTER_MILLIS = 30_000;

    /** A client should repeat its own state after this time. */
    public static final long RENEW_AFTER_MILLIS = EXPIRES_AFTER_MILLIS / 2;

    /** The clock of a client that is gone is remembered for this long. */
    private static final long FORGOTTEN_AFTER_MILLIS = 10 * EXPIRES_AFTER_MILLIS;

    private final long clientId;
    private final int clientsMax;
    private final Map<Long, Known> clients = new LinkedHashMap<>();

    private record Known(long clock, String state, long updatedMillis) {
        boolean isGone() {
            return state.equals(AwarenessUpdate.GONE);
        }
    }

    /**
     * Knows nobody yet.
     *
     * @param clientId who we are; we are not present until {@link #setLocalState}
     * @param clientsMax clients that are remembered; news of more are ignored
     */
    public Awareness(long clientId, int clientsMax) {
        this.clientId = clientId;
        this.clientsMax = clientsMax;
    }

    /** The JSON state of a client that is present. */
    public Optional<String> state(long client) {
        return Optional.ofNullable(clients.get(client))
                .filter(known -> !known.isGone())
                .map(Known::state);
    }

    /** The JSON states of all clients that are present; a copy. */
    public Map<Long, String> states() {
        Map<Long, String> states = new LinkedHashMap<>();
        clients.forEach((client, known) -> {
            if (!known.isGone()) {
                states.put(client, known.state);
            }
        });
        return states;
    }

    /** Says something new of ourselves, or {@link AwarenessUpdate#GONE}; gives the news to send. */
    public AwarenessUpdate setLocalState(String state, long nowMillis) {
        Known own = clients.get(clientId);
        long clock = own == null ? 0 : own.clock + 1;
        clients.put(clientId, new Known(clock, state, nowMillis));
        return updateOf(List.of(clientId));
    }

    /** The news to send when our own state is due again, else empty. */
    public Optional<AwarenessUpdate> renew(long nowMillis) {
        Known own = clients.get(clientId);
        boolean due = own != null && !own.isGone()
                && nowMillis - own.updatedMillis >= RENEW_AFTER_MILLIS;
        return due ? Optional.of(setLocalState(own.state, nowMillis)) : Optional.empty();
    }

    /**
     * Takes news: those with a higher clock, or that a client is gone at the known clock. Nobody
     * can say that we are gone; our clock is raised instead.
     */
    public AwarenessChange apply(AwarenessUpdate update, long nowMillis) {
        List<Long> added = new ArrayList<>();
        List<Long> updated = new ArrayList<>();
        List<Long> removed = new ArrayList<>();
        for (AwarenessUpdate.Entry entry : update.entries()) {
            Known known = clients.get(entry.clientId());
            if (!isNews(entry, known)) {
                continue;
            }
            boolean wasPresent = known != null && !known.isGone();
            if (entry.isGone() && entry.clientId() == clientId && wasPresent) {
                clients.put(clientId, new Known(entry.clock() + 1, known.state, nowMillis));
                updated.add(clientId);
                continue;
            }
            clients.put(entry.clientId(), new Known(entry.clock(), entry.state(), nowMillis));
            if (entry.isGone()) {
                if (wasPresent) {
                    removed.add(entry.clientId());
                }
            } else {
                (wasPresent ? updated : added).add(entry.clientId());
            }
        }
        return new AwarenessChange(added, updated, removed);
    }

    private boolean isNews(AwarenessUpdate.Entry entry, Known known) {
        if (known == null) {
            return clients.size() < clientsMax;
        }
        return entry.clock() > known.clock
                || entry.clock() == known.clock && entry.isGone() && !known.isGone();
    }

    /** Takes clients for gone whose connection ended; gives the news to send, empty when none. */
    public AwarenessUpdate remove(Collection<Long> gone, long nowMillis) {
        List<Long> removed = new ArrayList<>();
        for (Long client : gone) {
            Known known = clients.get(client);
            if (known != null && !known.isGone()) {
                long clock = client == clientId ? known.clock + 1 : known.clock;
                clients.put(client, new Known(clock, AwarenessUpdate.GONE, nowMillis));
                removed.add(client);
            }
        }
        return updateOf(removed);
    }

    /** Takes clients for gone that were silent too long; gives the news to send, empty if none. */
    public AwarenessUpdate expire(long nowMillis) {
        List<Long> silent = new ArrayList<>();
        for (Map.Entry<Long, Known> entry : new HashMap<>(clients).entrySet()) {
            Known known = entry.getValue();
            long age = nowMillis - known.updatedMillis;
            if (entry.getKey() == clientId) {
                continue;
            }
            if (known.isGone() && age >= FORGOTTEN_AFTER_MILLIS) {
                clients.remove(entry.getKey());
            } else if (!known.isGone() && age >= EXPIRES_AFTER_MILLIS) {
                silent.add(entry.getKey());
            }
        }
        return remove(silent, nowMillis);
    }

    /** The news that tells a new peer of everybody present. */
    public AwarenessUpdate everybody() {
        return updateOf(states().keySet());
    }

    private AwarenessUpdate updateOf(Collection<Long> ids) {
        List<AwarenessUpdate.Entry> entries = new ArrayList<>();
        for (Long id : ids) {
            Known known = clients.get(id);
            entries.add(new AwarenessUpdate.Entry(id, known.clock, known.state));
        }
        return new AwarenessUpdate(entries);
    }
}
