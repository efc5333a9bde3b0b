package io.adaos.hub.projection.crdt;

import java.util.Arrays;

/** All structs of one client, without holes from clock 0 on. */
final class ClientStructs {
    private static final int SLOTS_MIN = 4;
    private static final Struct[] NONE = new Struct[0];

    final long id;
    private Struct[] structs = NONE;
    private int size;
    private long nextClock;

    /** Clock at the start of the transaction that adds to this client; else meaningless. */
    long clockBefore;
    Transaction changedIn;      // the open transaction that added structs; null = none
    StructBlock incoming;       // the block that is being planned; null = none

    ClientStructs(long id) {
        this.id = id;
    }

    int size() {
        return size;
    }

    Struct get(int index) {
        return structs[index];
    }

    /** The first clock this document does not have. */
    long nextClock() {
        return nextClock;
    }

    /** The first clock this document did not have when the transaction began. */
    long clockBefore(Transaction transaction) {
        return changedIn == transaction ? clockBefore : nextClock;
    }

    /** Appends a struct that starts at {@link #nextClock()}. */
    void add(Struct struct) {
        if (struct.clock != nextClock) {
            throw new AssertionError("struct at " + struct.clock + ", expected " + nextClock);
        }
        if (size == structs.length) {
            structs = Arrays.copyOf(structs, grownTo(size + 1));
        }
        structs[size++] = struct;
        nextClock = struct.end();
    }

    private static int grownTo(int needed) {
        return Math.max(needed + (needed >> 1), SLOTS_MIN);
    }

    /** Puts the right half of a split struct behind its left half. */
    void insert(int index, Struct struct) {
        if (size == structs.length) {
            structs = Arrays.copyOf(structs, grownTo(size + 1));
        }
        System.arraycopy(structs, index, structs, index + 1, size - index);
        structs[index] = struct;
        size++;
    }

    void set(int index, Struct struct) {
        structs[index] = struct;
    }

    /** Moves {@code count} structs from one index to a lower one. */
    void move(int from, int to, int count) {
        System.arraycopy(structs, from, structs, to, count);
    }

    /** Drops the structs from {@code newSize} on; their units live on in what is kept. */
    void truncate(int newSize) {
        Arrays.fill(structs, newSize, size, null);
        size = newSize;
    }

    /** The index of the struct that holds {@code clock}, which must be below the next clock. */
    int indexOf(long clock) {
        int high = size - 1;
        if (structs[high].clock <= clock) {
            return high;
        }
        int low = 0;
        while (low < high) {
            int middle = (low + high + 1) >>> 1;
            if (structs[middle].clock <= clock) {
                low = middle;
            } else {
                high = middle - 1;
            }
        }
        return low;
    }

    Struct find(long clock) {
        return structs[indexOf(clock)];
    }
}
