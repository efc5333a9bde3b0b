package io.adaos.hub.projection.crdt;

import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Finds the one object that stands for a client; makes it when the client is new. */
class ClientTable {
    private final ClientTable base;     // asked first; null = none
    private Map<Long, ClientStructs> clients;   // null while empty
    private ClientStructs latest;       // answer to the last question; null before the first

    ClientTable() {
        this(null);
    }

    /** A table whose new clients do not show in {@code base}, which it asks first. */
    ClientTable(ClientTable base) {
        this.base = base;
    }

    /** The client of this id, made now if it was never named before. */
    final ClientStructs client(long id) {
        ClientStructs known = known(id);
        if (known == null) {
            known = new ClientStructs(id);
            adopt(known);
        }
        return known;
    }

    /** The client of this id, or null when it was never named. */
    final ClientStructs known(long id) {
        if (latest != null && latest.id == id) {
            return latest;
        }
        ClientStructs found = base == null ? null : base.known(id);
        if (found == null && clients != null) {
            found = clients.get(id);
        }
        if (found != null) {
            latest = found;
        }
        return found;
    }

    /** Adds a client that was made by another table; does nothing when it is here. */
    final void adopt(ClientStructs client) {
        if (clients == null) {
            clients = new HashMap<>();
        }
        clients.put(client.id, client);
        latest = client;
    }

    final Collection<ClientStructs> all() {
        return clients == null ? List.of() : clients.values();
    }
}
