package io.adaos.hub.projection.crdt;

import io.adaos.hub.projection.crdt.codec.ByteWriter;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.Iterator;
import java.util.List;

/** Structs of one client as they stand in an update, ascending; holes are possible. */
final class StructBlock {
    final ClientStructs client;
    final List<Struct> structs;

    int next;               // index of the next struct to plan
    long plannedClock;      // the client's next clock if everything planned so far is done
    int restFrom = -1;      // index from which on structs must wait; -1 = none
    ClientStructs needed;   // the client the first of those waits for; null = none waits
    long neededClock;       // the unit of that client
    private Iterator<Struct> more;      // further structs, taken when they are planned; or null

    StructBlock(ClientStructs client, List<Struct> structs) {
        this.client = client;
        this.structs = structs;
    }

    StructBlock(ClientStructs client) {
        this(client, new ArrayList<>());
    }

    /** A block of structs that are only looked at as far as they can be planned. */
    static StructBlock lazy(ClientStructs client, Iterator<Struct> structs) {
        StructBlock block = new StructBlock(client);
        block.more = structs;
        return block;
    }

    boolean hasNext() {
        if (restFrom >= 0) {
            return false;
        }
        if (next == structs.size() && more != null && more.hasNext()) {
            structs.add(more.next());
        }
        return next < structs.size();
    }

    /** How many structs were planned and need not wait. */
    int plannedCount() {
        return restFrom < 0 ? structs.size() : restFrom;
    }

    /** The structs that must wait. */
    List<Struct> rest() {
        return restFrom < 0 ? List.of() : structs.subList(restFrom, structs.size());
    }

    /** The last struct that begins at or before a clock; there must be one. */
    Struct find(long clock) {
        int low = 0;
        int high = structs.size() - 1;
        while (low < high) {
            int middle = (low + high + 1) >>> 1;
            if (structs.get(middle).clock() <= clock) {
                low = middle;
            } else {
                high = middle - 1;
            }
        }
        return structs.get(low);
    }

    /** Brings structs that came in several pieces into the order of their clocks. */
    void sort() {
        structs.sort(Comparator.comparingLong(struct -> struct.clock()));
    }

    /** Appends the encoded block; it must not be empty. */
    void write(ByteWriter out) {
        out.writeVarUint(structs.size());
        out.writeVarUint(client.id);
        out.writeVarUint(structs.get(0).clock());
        for (Struct struct : structs) {
            struct.write(out, 0);
        }
    }
}
