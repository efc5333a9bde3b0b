package io.adaos.hub.projection.crdt;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ThreadLocalRandom;

/** Finds the one object that stands for a client; makes it when the client is new. */
class ClientTable {
    /*
     * Notes.
     *
     * Open addressing without boxed keys; the table grows by half, so that 5 to 8 bytes are spent
     * on a client. Ids come from outside: where one goes depends on a secret factor, so that
     * nobody can choose ids that all meet in one place.
     */

    private static final int SLOTS_MIN = 4;

    private final ClientTable base;     // asked first; null = none
    private ClientStructs[] slots;      // at most four fifths used; null = empty
    private int count;
    private long factor;                // odd
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
        if (found == null && slots != null) {
            found = slots[slotOf(id)];
        }
        if (found != null) {
            latest = found;
        }
        return found;
    }

    /** Adds a client that was made by another table; does nothing when it is here. */
    final void adopt(ClientStructs client) {
        if (slots == null) {
            slots = new ClientStructs[SLOTS_MIN];
            factor = ThreadLocalRandom.current().nextLong() | 1;
        }
        int slot = slotOf(client.id);
        if (slots[slot] == null) {
            count++;
        }
        slots[slot] = client;
        if (5L * count > 4L * slots.length) {
            grow();
        }
        latest = client;
    }

    private void grow() {
        ClientStructs[] all = slots;
        slots = new ClientStructs[all.length + (all.length >> 1)];
        for (ClientStructs client : all) {
            if (client != null) {
                slots[slotOf(client.id)] = client;
            }
        }
    }

    /** Where a client is, or would be. */
    private int slotOf(long id) {
        long mixed = (id ^ id >>> 32) * factor;
        mixed = (mixed ^ mixed >>> 32) * factor;
        int slot = (int) ((mixed >>> 32) * slots.length >>> 32);
        while (slots[slot] != null && slots[slot].id != id) {
            slot = slot + 1 == slots.length ? 0 : slot + 1;
        }
        return slot;
    }

    final int count() {
        return count;
    }

    /** All clients of this table, in no order; a copy. */
    final List<ClientStructs> all() {
        List<ClientStructs> all = new ArrayList<>(count);
        for (int i = 0; slots != null && i < slots.length; i++) {
            if (slots[i] != null) {
                all.add(slots[i]);
            }
        }
        return all;
    }
}
