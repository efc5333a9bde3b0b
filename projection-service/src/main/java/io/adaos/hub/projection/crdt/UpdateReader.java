package io.adaos.hub.projection.crdt;

import io.adaos.hub.projection.crdt.codec.ByteReader;
import io.adaos.hub.projection.crdt.codec.DecodeLimits;
import io.adaos.hub.projection.crdt.codec.MalformedUpdateException;
import io.adaos.hub.projection.crdt.codec.StringCache;
import io.adaos.hub.projection.crdt.id.DeleteSet;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Reads an update completely, without touching a document, and refuses what cannot be true. */
final class UpdateReader {
    private static final int ROOT = 1;

    private final ByteReader in;
    private final DecodeLimits limits;
    private final ClientTable clients;
    private final ContentReader contents;
    private final StringCache names;
    private int structsLeft;
    private boolean repeated;       // whether a client has several blocks
    private Parent.RootName latestRoot;     // the last root that was named; null = none yet

    private UpdateReader(byte[] update, DecodeLimits limits, ClientTable clients,
            StringCache names) {
        this.in = new ByteReader(update, limits);
        this.limits = limits;
        this.clients = clients;
        this.names = names;
        this.contents = new ContentReader(in, names);
        this.structsLeft = limits.structsMax();
    }

    /**
     * Reads an update.
     *
     * @param clients gives the objects that stand for clients; new ones are added to it
     * @param names remembers short strings between updates
     */
    static DecodedUpdate read(byte[] update, DecodeLimits limits, ClientTable clients,
            StringCache names) throws MalformedUpdateException {
        if (update.length > limits.updateBytesMax()) {
            throw new MalformedUpdateException("update of " + update.length + " bytes, at most "
                    + limits.updateBytesMax() + " are taken", 0);
        }
        UpdateReader reader = new UpdateReader(update, limits, clients, names);
        List<StructBlock> blocks = reader.readBlocks();
        return new DecodedUpdate(blocks, DeleteSet.decode(reader.in), update.length);
    }

    private List<StructBlock> readBlocks() throws MalformedUpdateException {
        int count = in.readCount(limits.clientsMax(), 3);
        if (count == 1) {
            StructBlock only = readBlock(null);
            return only.structs.isEmpty() ? List.of() : List.of(only);
        }
        Map<ClientStructs, StructBlock> blocks = new LinkedHashMap<>();
        for (int i = 0; i < count; i++) {
            StructBlock block = readBlock(blocks);
            if (!block.structs.isEmpty()) {
                blocks.put(block.client, block);
            }
        }
        if (repeated) {
            blocks.values().forEach(StructBlock::sort);
        }
        return new ArrayList<>(blocks.values());
    }

    /** Reads a block; a second one of the same client is joined to the first. */
    private StructBlock readBlock(Map<ClientStructs, StructBlock> earlier)
            throws MalformedUpdateException {
        int count = in.readCount(structsLeft, 2);
        structsLeft -= count;
        ClientStructs client = clients.client(in.readVarUint());
        long clock = in.readVarUint();
        StructBlock known = earlier == null ? null : earlier.get(client);
        StructBlock block = known != null ? known
                : new StructBlock(client, new ArrayList<>(count));
        for (int i = 0; i < count; i++) {
            int start = in.offset();
            Struct struct = readStruct(client, clock);
            clock += struct.length();
            if (clock > ByteReader.INTEGER_MAX) {
                throw new MalformedUpdateException("clock beyond 2^53-1", start);
            }
            if (!(struct instanceof Skip)) {
                if (struct.length() == 0) {
                    throw new MalformedUpdateException("struct without units", start);
                }
                block.structs.add(struct);
            }
        }
        repeated |= known != null;
        return block;
    }

    private Struct readStruct(ClientStructs client, long clock) throws MalformedUpdateException {
        int info = in.readByte();
        int ref = info & Item.REF_MASK;
        if (ref == Gc.REF) {
            return new Gc(client, clock, in.readVarUint());
        }
        if (ref == Skip.REF) {
            return new Skip(client, clock, in.readVarUint());
        }
        return readItem(client, clock, info);
    }

    private Item readItem(ClientStructs client, long clock, int info)
            throws MalformedUpdateException {
        ClientStructs originClient = null;
        long originClock = 0;
        if ((info & Item.HAS_ORIGIN) != 0) {
            originClient = clients.client(in.readVarUint());
            originClock = readClock(originClient, client, clock);
        }
        ClientStructs rightOriginClient = null;
        long rightOriginClock = 0;
        if ((info & Item.HAS_RIGHT_ORIGIN) != 0) {
            rightOriginClient = clients.client(in.readVarUint());
            rightOriginClock = readClock(rightOriginClient, client, clock);
            if (rightOriginClient == originClient && rightOriginClock == originClock) {
                throw in.malformed("struct stands before and behind the same unit");
            }
        }
        Parent parent = null;
        String parentSub = null;
        if (originClient == null && rightOriginClient == null) {
            parent = readParent(client, clock);
            parentSub = (info & Item.HAS_PARENT_SUB) != 0 ? in.readVarString(names) : null;
        }
        Item item = new Item(client, clock, contents.read(info & Item.REF_MASK));
        if (originClient != null) {
            item.setOrigin(originClient, originClock);
        }
        if (rightOriginClient != null) {
            item.setRightOrigin(rightOriginClient, rightOriginClock);
        }
        item.parent = parent;
        item.parentSub = parentSub;
        return item;
    }

    private Parent readParent(ClientStructs client, long clock) throws MalformedUpdateException {
        if (in.readVarUint() == ROOT) {
            String name = in.readVarString(names);
            if (latestRoot == null || !latestRoot.name().equals(name)) {
                latestRoot = new Parent.RootName(name);
            }
            return latestRoot;
        }
        ClientStructs owner = clients.client(in.readVarUint());
        return new Parent.OwnerId(owner, readClock(owner, client, clock));
    }

    /** A clock another struct is named by; of the same client it must be an earlier one. */
    private long readClock(ClientStructs named, ClientStructs client, long clock)
            throws MalformedUpdateException {
        int start = in.offset();
        long at = in.readVarUint();
        if (named == client && at >= clock) {
            throw new MalformedUpdateException("struct names one that is not before it", start);
        }
        return at;
    }
}
