package io.adaos.hub.projection.crdt;

import io.adaos.hub.projection.crdt.codec.DecodeLimits;
import io.adaos.hub.projection.crdt.codec.MalformedUpdateException;
import io.adaos.hub.projection.crdt.codec.StringCache;
import io.adaos.hub.projection.crdt.id.StateVector;
import java.util.HashMap;
import java.util.Map;

/** What can be said of the bytes of an update without a document. */
public final class DocUpdate {
    private DocUpdate() {}

    /** Checks that the bytes are an update within the limits. */
    public static void check(byte[] update, DecodeLimits limits) throws MalformedUpdateException {
        UpdateReader.read(update, limits, new ClientTable(), new StringCache());
    }

    /** Whether the update holds neither structs nor deletes. */
    public static boolean isEmpty(byte[] update) throws MalformedUpdateException {
        DecodedUpdate decoded = UpdateReader.read(
                update, DecodeLimits.DEFAULT, new ClientTable(), new StringCache());
        return decoded.blocks().isEmpty() && decoded.deleted().isEmpty();
    }

    /** The vector of a fresh document that has applied this update; holes end a client's run. */
    public static StateVector stateVector(byte[] update) throws MalformedUpdateException {
        return stateVector(update, DecodeLimits.DEFAULT);
    }

    /** As {@link #stateVector(byte[])}, within these limits. */
    public static StateVector stateVector(byte[] update, DecodeLimits limits)
            throws MalformedUpdateException {
        DecodedUpdate decoded =
                UpdateReader.read(update, limits, new ClientTable(), new StringCache());
        Map<Long, Long> clocks = new HashMap<>();
        for (StructBlock block : decoded.blocks()) {
            long clock = 0;
            for (Struct struct : block.structs) {
                if (struct.clock() > clock) {
                    break;
                }
                clock = Math.max(clock, struct.end());
            }
            clocks.put(block.client.id, clock);
        }
        return StateVector.of(clocks);
    }
}
