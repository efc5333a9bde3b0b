package io.adaos.hub.projection.crdt.id;

import io.adaos.hub.projection.crdt.codec.ByteReader;
import io.adaos.hub.projection.crdt.codec.ByteWriter;
import io.adaos.hub.projection.crdt.codec.MalformedUpdateException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.List;

/** Which units are deleted: ranges of clocks per client, sorted and joined. */
public final class DeleteSet {
    /** Nothing is deleted. */
    public static final DeleteSet EMPTY = new DeleteSet(new long[0]);

    private static final int STRIDE = 3;

    /** Client, clock, length of each range; clients descending, clocks ascending. */
    private final long[] triples;

    private DeleteSet(long[] triples) {
        this.triples = triples;
    }

    /** What is done with each range. */
    @FunctionalInterface
    public interface RangeVisitor {
        /** One range of {@code length} units of {@code client}, from {@code clock} on. */
        void visit(long client, long clock, long length);
    }

    /** Whether no range is in the set. */
    public boolean isEmpty() {
        return triples.length == 0;
    }

    /** Number of ranges. */
    public int rangeCount() {
        return triples.length / STRIDE;
    }

    /** Visits all ranges: clients descending, clocks ascending. */
    public void forEach(RangeVisitor visitor) {
        for (int i = 0; i < triples.length; i += STRIDE) {
            visitor.visit(triples[i], triples[i + 1], triples[i + 2]);
        }
    }

    /** Visits all ranges from the last to the first: clients ascending, clocks descending. */
    public void forEachBackwards(RangeVisitor visitor) {
        for (int i = triples.length - STRIDE; i >= 0; i -= STRIDE) {
            visitor.visit(triples[i], triples[i + 1], triples[i + 2]);
        }
    }

    /** The ranges of one client, ascending. */
    public List<IdRange> ranges(long client) {
        List<IdRange> found = new ArrayList<>();
        forEach((owner, clock, length) -> {
            if (owner == client) {
                found.add(new IdRange(clock, length));
            }
        });
        return found;
    }

    /** Whether this unit is in the set. */
    public boolean contains(long client, long clock) {
        return containsAll(client, clock, 1);
    }

    /** Whether all units of a range are in the set; {@code length} is at least 1. */
    public boolean containsAll(long client, long clock, long length) {
        int low = 0;
        int high = rangeCount() - 1;
        while (low <= high) {
            int middle = (low + high) >>> 1;
            int at = middle * STRIDE;
            boolean before = triples[at] > client
                    || triples[at] == client && triples[at + 1] + triples[at + 2] <= clock;
            if (before) {
                low = middle + 1;
            } else if (triples[at] == client && triples[at + 1] <= clock) {
                return clock + length <= triples[at + 1] + triples[at + 2];
            } else {
                high = middle - 1;
            }
        }
        return false;
    }

    /** The units that are in any of the sets. */
    public static DeleteSet union(Collection<DeleteSet> sets) {
        Builder all = new Builder();
        sets.forEach(set -> set.forEach(all::add));
        return all.build();
    }

    /** Appends the encoded set. */
    public void encode(ByteWriter out) {
        out.writeVarUint(clientCount());
        for (int i = 0; i < triples.length; ) {
            int next = endOfClient(i);
            out.writeVarUint(triples[i]);
            out.writeVarUint((next - i) / STRIDE);
            for (; i < next; i += STRIDE) {
                out.writeVarUint(triples[i + 1]);
                out.writeVarUint(triples[i + 2]);
            }
        }
    }

    private int clientCount() {
        int count = 0;
        for (int i = 0; i < triples.length; i = endOfClient(i)) {
            count++;
        }
        return count;
    }

    private int endOfClient(int from) {
        int i = from;
        while (i < triples.length && triples[i] == triples[from]) {
            i += STRIDE;
        }
        return i;
    }

    /** Reads an encoded set; the order of ranges does not matter, and they may overlap. */
    public static DeleteSet decode(ByteReader in) throws MalformedUpdateException {
        Builder read = new Builder();
        int clients = in.readCount(in.limits().clientsMax(), 2);
        int rangesLeft = in.limits().deleteRangesMax();
        for (int i = 0; i < clients; i++) {
            long client = in.readVarUint();
            int ranges = in.readCount(rangesLeft, 2);
            rangesLeft -= ranges;
            for (int j = 0; j < ranges; j++) {
                long clock = in.readVarUint();
                long length = in.readVarUint();
                if (length == 0) {
                    throw in.malformed("deleted range without units");
                }
                if (clock + length > ByteReader.INTEGER_MAX) {
                    throw in.malformed("deleted range ends beyond 2^53-1");
                }
                read.add(client, clock, length);
            }
        }
        return read.build();
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof DeleteSet set && Arrays.equals(triples, set.triples);
    }

    @Override
    public int hashCode() {
        return Arrays.hashCode(triples);
    }

    @Override
    public String toString() {
        StringBuilder text = new StringBuilder("deleted");
        forEach((client, clock, length) ->
                text.append(' ').append(client).append(':').append(clock).append('+')
                        .append(length));
        return text.toString();
    }

    /** Collects ranges in any order. */
    public static final class Builder {
        private long[] triples = new long[4 * STRIDE];
        private int size;
        private boolean sorted = true;

        /** Whether nothing was added. */
        public boolean isEmpty() {
            return size == 0;
        }

        /** Adds a range; an empty one is ignored. */
        public void add(long client, long clock, long length) {
            if (length == 0) {
                return;
            }
            if (size > 0) {
                int last = size - STRIDE;
                if (triples[last] == client && triples[last + 1] + triples[last + 2] == clock) {
                    triples[last + 2] += length;
                    return;
                }
                sorted &= triples[last] > client
                        || triples[last] == client && triples[last + 1] <= clock;
            }
            if (size == triples.length) {
                triples = Arrays.copyOf(triples, 2 * size);
            }
            triples[size] = client;
            triples[size + 1] = clock;
            triples[size + 2] = length;
            size += STRIDE;
        }

        /** The set of everything added so far. */
        public DeleteSet build() {
            if (size == 0) {
                return EMPTY;
            }
            if (!sorted) {
                sort();
            }
            int kept = 0;
            for (int i = STRIDE; i < size; i += STRIDE) {
                long end = triples[kept + 1] + triples[kept + 2];
                if (triples[i] == triples[kept] && triples[i + 1] <= end) {
                    long joined = Math.max(end, triples[i + 1] + triples[i + 2]);
                    triples[kept + 2] = joined - triples[kept + 1];
                } else {
                    kept += STRIDE;
                    System.arraycopy(triples, i, triples, kept, STRIDE);
                }
            }
            size = kept + STRIDE;
            return new DeleteSet(Arrays.copyOf(triples, size));
        }

        private void sort() {
            long[][] rows = new long[size / STRIDE][];
            for (int i = 0; i < rows.length; i++) {
                rows[i] = Arrays.copyOfRange(triples, i * STRIDE, (i + 1) * STRIDE);
            }
            Arrays.sort(rows, (a, b) ->
                    a[0] != b[0] ? Long.compare(b[0], a[0]) : Long.compare(a[1], b[1]));
            for (int i = 0; i < rows.length; i++) {
                System.arraycopy(rows[i], 0, triples, i * STRIDE, STRIDE);
            }
            sorted = true;
        }
    }
}
