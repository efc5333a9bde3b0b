package io.adaos.hub.projection.crdt.sync;

import io.adaos.hub.projection.crdt.codec.ByteReader;
import io.adaos.hub.projection.crdt.codec.ByteWriter;
import io.adaos.hub.projection.crdt.codec.DecodeLimits;
import io.adaos.hub.projection.crdt.codec.JsonText;
import io.adaos.hub.projection.crdt.codec.MalformedUpdateException;
import java.util.ArrayList;
import java.util.List;

/**
 * News about clients that come, change or go.
 *
 * @param entries one per client
 */
public record AwarenessUpdate(List<Entry> entries) {
    /** JSON text of a client that is gone. */
    public static final String GONE = "null";

    /** The entries are copied. */
    public AwarenessUpdate {
        entries = List.copyOf(entries);
    }

    /**
     * What one client says of itself.
     *
     * @param clientId who
     * @param clock rises with every change of its state
     * @param state JSON text; {@link #GONE} when it left
     */
    public record Entry(long clientId, long clock, String state) {
        /** Whether the client left. */
        public boolean isGone() {
            return state.equals(GONE);
        }
    }

    /** The encoded update. */
    public byte[] encode() {
        ByteWriter out = new ByteWriter();
        out.writeVarUint(entries.size());
        for (Entry entry : entries) {
            out.writeVarUint(entry.clientId);
            out.writeVarUint(entry.clock);
            out.writeVarString(entry.state);
        }
        return out.toBytes();
    }

    /** Reads an encoded update with the default limits. */
    public static AwarenessUpdate decode(byte[] bytes) throws MalformedUpdateException {
        return decode(bytes, DecodeLimits.DEFAULT);
    }

    /** Reads an encoded update; every state must be JSON. */
    public static AwarenessUpdate decode(byte[] bytes, DecodeLimits limits)
            throws MalformedUpdateException {
        ByteReader in = new ByteReader(bytes, limits);
        int count = in.readCount(limits.clientsMax(), 3);
        List<Entry> entries = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            long clientId = in.readVarUint();
            long clock = in.readVarUint();
            int start = in.offset();
            String state = in.readVarString();
            try {
                boolean gone = JsonText.parse(state, limits.depthMax()) == null;
                entries.add(new Entry(clientId, clock, gone ? GONE : state));
            } catch (JsonText.JsonSyntaxException e) {
                throw new MalformedUpdateException("state is not JSON: " + e.getMessage(), start);
            }
        }
        return new AwarenessUpdate(entries);
    }
}
