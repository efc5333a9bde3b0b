package io.adaos.hub.projection.crdt;

import io.adaos.hub.projection.crdt.codec.ByteReader;
import io.adaos.hub.projection.crdt.codec.ByteWriter;
import io.adaos.hub.projection.crdt.codec.DecodeLimits;
import io.adaos.hub.projection.crdt.codec.MalformedUpdateException;
import io.adaos.hub.projection.crdt.codec.StringCache;
import io.adaos.hub.projection.crdt.id.DeleteSet;
import io.adaos.hub.projection.crdt.id.StateVector;
import java.util.List;
import java.util.Objects;

/**
 * A moment of a document: which units there were, and which of them were deleted. It holds no
 * content; bytes as the snapshots of yjs (version 1).
 *
 * @param deleted what was deleted
 * @param vector how much of each client was known
 */
public record StateSnapshot(DeleteSet deleted, StateVector vector) {
    /** The moment before anything. */
    public static final StateSnapshot EMPTY =
            new StateSnapshot(DeleteSet.EMPTY, StateVector.EMPTY);

    /** Both parts are there. */
    public StateSnapshot {
        Objects.requireNonNull(deleted);
        Objects.requireNonNull(vector);
    }

    /** The encoded snapshot: delete set, then state vector. */
    public byte[] encode() {
        ByteWriter out = new ByteWriter();
        deleted.encode(out);
        out.writeBytes(vector.encode());
        return out.toBytes();
    }

    /** Reads an encoded snapshot with the default limits. */
    public static StateSnapshot decode(byte[] bytes) throws MalformedUpdateException {
        return decode(bytes, DecodeLimits.DEFAULT);
    }

    /** Reads an encoded snapshot within these limits. */
    public static StateSnapshot decode(byte[] bytes, DecodeLimits limits)
            throws MalformedUpdateException {
        ByteReader in = new ByteReader(bytes, limits);
        DeleteSet deleted = DeleteSet.decode(in);
        return new StateSnapshot(deleted, StateVector.decode(in));
    }

    /** Whether a document of this moment had everything that an update brings. */
    public boolean contains(byte[] update) throws MalformedUpdateException {
        DecodedUpdate decoded = UpdateReader.read(
                update, DecodeLimits.DEFAULT, new ClientTable(), new StringCache());
        for (StructBlock block : decoded.blocks()) {
            Struct last = block.structs.get(block.structs.size() - 1);
            if (last.end() > vector.clockOf(block.client.id)) {
                return false;
            }
        }
        return DeleteSet.union(List.of(deleted, decoded.deleted())).equals(deleted);
    }
}
