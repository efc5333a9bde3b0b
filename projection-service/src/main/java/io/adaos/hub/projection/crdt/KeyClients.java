package io.adaos.hub.projection.crdt;

import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;

/** Client ids of our own, each for the values of one key of one root alone. */
final class KeyClients {
    /*
     * Notes.
     *
     * A value that was overwritten leaves a deleted item, and two of them join only when one
     * client wrote them with nothing in between. Inside of a nested type that does not matter:
     * the type is rotated. A root cannot be rotated. So a key of a root that is overwritten
     * often gets a client of its own, whose clocks follow each other: however often it is
     * written, one deleted item is left. It costs some 30 bytes of the document, and one entry
     * of the state vector.
     */

    /** A key that was overwritten so often since the document was loaded gets a client. */
    private static final int OVERWRITES = 8;

    private record Key(TypeNode root, String name) {}

    private final long first;
    private final long last;
    private long next;
    private final Map<Key, ClientStructs> byKey = new HashMap<>();
    private final Map<Key, Integer> overwrites = new HashMap<>();
    private final Set<ClientStructs> clients = new HashSet<>();     // by identity, as equals is

    KeyClients(long first, long last) {
        this.first = first;
        this.last = last;
        this.next = first;
    }

    /** Whether an id is reserved for keys, in use or not. */
    boolean isReserved(long id) {
        return first <= id && id <= last;
    }

    Set<ClientStructs> all() {
        return clients;
    }

    /** The client in whose name the next value of a key of a root is written. */
    ClientStructs writerOf(TypeNode root, String name, Doc doc) {
        Key key = new Key(root, name);
        ClientStructs own = byKey.get(key);
        if (own != null) {
            return own;
        }
        Item written = root.entry(name);
        if (written != null && isReserved(written.client().id)) {
            return adopt(key, written.client());      // this key's, before the document was loaded
        }
        if (written == null || overwrites.merge(key, 1, Integer::sum) <= OVERWRITES) {
            return doc.self();
        }
        while (next <= last && doc.store.client(next).size() > 0) {
            next++;
        }
        return next > last ? doc.self() : adopt(key, doc.store.client(next++));
    }

    private ClientStructs adopt(Key key, ClientStructs client) {
        overwrites.remove(key);
        byKey.put(key, client);
        clients.add(client);
        return client;
    }
}
