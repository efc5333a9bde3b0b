package io.adaos.hub.projection.crdt;

import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.function.LongSupplier;

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

    private final LongSupplier ids;
    private final int keysMax;
    private final Map<Key, ClientStructs> byKey = new HashMap<>();
    private final Map<Key, Integer> overwrites = new HashMap<>();
    private final Set<ClientStructs> clients = new HashSet<>();     // by identity, as equals is

    KeyClients(LongSupplier ids, int keysMax) {
        this.ids = ids;
        this.keysMax = keysMax;
    }

    boolean contains(ClientStructs client) {
        return clients.contains(client);
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
        if (root.entry(name) == null || byKey.size() == keysMax
                || overwrites.merge(key, 1, Integer::sum) <= OVERWRITES) {
            return doc.self();
        }
        own = doc.unusedClient(ids.getAsLong());
        overwrites.remove(key);
        byKey.put(key, own);
        clients.add(own);
        return own;
    }
}
