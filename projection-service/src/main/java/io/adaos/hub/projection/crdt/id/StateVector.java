package io.adaos.hub.projection.crdt.id;

import io.adaos.hub.projection.crdt.codec.ByteReader;
import io.adaos.hub.projection.crdt.codec.ByteWriter;
import io.adaos.hub.projection.crdt.codec.DecodeLimits;
import io.adaos.hub.projection.crdt.codec.MalformedUpdateException;
import java.util.Collections;
import java.util.Comparator;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;

/** How much of each client a document knows: client to the next clock expected from it. */
public final class StateVector {
    /** Knows nothing. */
    public static final StateVector EMPTY = new StateVector(newMap());

    private final SortedMap<Long, Long> clocks;

    private StateVector(SortedMap<Long, Long> clocks) {
        this.clocks = clocks;
    }

    /** A vector of these entries; entries with clock 0 say nothing and are left out. */
    public static StateVector of(Map<Long, Long> entries) {
        SortedMap<Long, Long> clocks = newMap();
        entries.forEach((client, clock) -> {
            if (clock > 0) {
                clocks.put(client, clock);
            }
        });
        return new StateVector(clocks);
    }

    private static SortedMap<Long, Long> newMap() {
        return new TreeMap<>(Comparator.reverseOrder());
    }

    /** The next clock expected from this client; 0 when nothing is known of it. */
    public long clockOf(long client) {
        return clocks.getOrDefault(client, 0L);
    }

    /** All entries, clients descending; unmodifiable. */
    public SortedMap<Long, Long> entries() {
        return Collections.unmodifiableSortedMap(clocks);
    }

    /** Whether nothing is known. */
    public boolean isEmpty() {
        return clocks.isEmpty();
    }

    /** Whether everything the other vector knows is known here. */
    public boolean covers(StateVector other) {
        return other.clocks.entrySet().stream()
                .allMatch(entry -> clockOf(entry.getKey()) >= entry.getValue());
    }

    /** The encoded vector, clients descending. */
    public byte[] encode() {
        ByteWriter out = new ByteWriter();
        out.writeVarUint(clocks.size());
        clocks.forEach((client, clock) -> {
            out.writeVarUint(client);
            out.writeVarUint(clock);
        });
        return out.toBytes();
    }

    /** Reads an encoded vector with the default limits. */
    public static StateVector decode(byte[] bytes) throws MalformedUpdateException {
        return decode(bytes, DecodeLimits.DEFAULT);
    }

    /** Reads an encoded vector; the order of the clients does not matter, the last entry wins. */
    public static StateVector decode(byte[] bytes, DecodeLimits limits)
            throws MalformedUpdateException {
        return decode(new ByteReader(bytes, limits));
    }

    /** Reads an encoded vector where a reader stands. */
    public static StateVector decode(ByteReader in) throws MalformedUpdateException {
        int count = in.readCount(in.limits().clientsMax(), 2);
        SortedMap<Long, Long> clocks = newMap();
        for (int i = 0; i < count; i++) {
            long client = in.readVarUint();
            long clock = in.readVarUint();
            if (clock > 0) {
                clocks.put(client, clock);
            }
        }
        return new StateVector(clocks);
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof StateVector vector && clocks.equals(vector.clocks);
    }

    @Override
    public int hashCode() {
        return clocks.hashCode();
    }

    @Override
    public String toString() {
        return clocks.toString();
    }
}
