package io.adaos.hub.projection.crdt;

import io.adaos.hub.projection.crdt.codec.ByteWriter;
import io.adaos.hub.projection.crdt.id.DeleteSet;
import io.adaos.hub.projection.crdt.id.StateVector;
import java.util.ArrayList;
import java.util.List;

/** Encodes structs and deletes as an update. */
final class UpdateWriter {
    private UpdateWriter() {}

    /** What a transaction added, clients descending, and what it deleted. */
    static byte[] encodeTransaction(Transaction transaction, DeleteSet deleted) {
        ByteWriter out = new ByteWriter();
        out.writeVarUint(transaction.changedClients().size());
        for (ClientStructs client : transaction.changedClients()) {
            writeFrom(out, client, transaction.clockBefore(client));
        }
        deleted.encode(out);
        return out.toBytes();
    }

    /** Everything in the store that the vector does not cover, and all deletes. */
    static byte[] encodeState(StructStore store, StateVector known) {
        List<ClientStructs> newer = new ArrayList<>();
        for (ClientStructs client : store.clientsDescending()) {
            if (client.nextClock() > known.clockOf(client.id)) {
                newer.add(client);
            }
        }
        ByteWriter out = new ByteWriter();
        out.writeVarUint(newer.size());
        for (ClientStructs client : newer) {
            writeFrom(out, client, known.clockOf(client.id));
        }
        deletesOf(store).encode(out);
        return out.toBytes();
    }

    private static void writeFrom(ByteWriter out, ClientStructs client, long clock) {
        int position = client.positionOf(clock);
        Struct first = client.at(position);
        out.writeVarUint(client.countFrom(position));
        out.writeVarUint(client.id);
        out.writeVarUint(clock);
        first.write(out, clock - first.clock());
        for (int next = client.next(position); next != ClientStructs.NONE;
                next = client.next(next)) {
            client.at(next).write(out, 0);
        }
    }

    /** All deleted units of the store. */
    static DeleteSet deletesOf(StructStore store) {
        DeleteSet.Builder deleted = new DeleteSet.Builder();
        for (ClientStructs client : store.clientsDescending()) {
            for (int position = client.first();
                    position != ClientStructs.NONE;
                    position = client.next(position)) {
                Struct struct = client.at(position);
                if (struct.isDeleted()) {
                    deleted.add(client.id, struct.clock(), struct.length());
                }
            }
        }
        return deleted.build();
    }

    /** Blocks of structs that are in no store, clients descending, and deletes. */
    static byte[] encodeBlocks(List<StructBlock> blocks, DeleteSet deleted) {
        ByteWriter out = new ByteWriter();
        out.writeVarUint(blocks.size());
        for (StructBlock block : blocks) {
            block.write(out);
        }
        deleted.encode(out);
        return out.toBytes();
    }
}
