package io.adaos.hub.projection.crdt;

import io.adaos.hub.projection.crdt.codec.DecodeLimits;
import io.adaos.hub.projection.crdt.codec.MalformedUpdateException;
import io.adaos.hub.projection.crdt.codec.StringCache;
import io.adaos.hub.projection.crdt.id.DeleteSet;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;

/** Well-formed updates that lie: their items name neighbours and parents they were not made for. */
final class ForgedUpdates {
    private static final List<String> KEYS = List.of("k", "k0", "k1", "a", "x", "note");

    private final Random random;
    private final Doc doc;

    ForgedUpdates(Random random, Doc doc) {
        this.random = random;
        this.doc = doc;
    }

    /** An update with the contents of another, put somewhere else in the document. */
    byte[] of(byte[] update) throws MalformedUpdateException {
        DecodedUpdate decoded = UpdateReader.read(update, DecodeLimits.DEFAULT,
                new ClientTable(doc.store), new StringCache());
        for (StructBlock block : decoded.blocks()) {
            block.structs.replaceAll(struct ->
                    struct instanceof Item item && random.nextInt(3) == 0
                            ? misplaced(item) : struct);
        }
        DeleteSet.Builder deletes = new DeleteSet.Builder();
        decoded.deleted().forEach(deletes::add);
        for (int i = random.nextInt(3); i > 0; i--) {
            Struct struct = anyStruct();
            if (struct != null) {
                deletes.add(struct.client().id, struct.clock(),
                        1 + random.nextInt((int) struct.length()));
            }
        }
        return UpdateWriter.encodeBlocks(decoded.blocks(), deletes.build());
    }

    private Item misplaced(Item placed) {
        Struct left = anyStruct();
        Struct right = anyStruct();
        Item item = new Item(placed.client(), placed.clock(), placed.content());
        if (left != null && random.nextBoolean() && isBefore(left, item)) {
            item.setOrigin(left.client(), left.clock() + random.nextInt((int) left.length()));
        }
        if (right != null && random.nextBoolean() && isBefore(right, item)) {
            item.setRightOrigin(right.client(),
                    right.clock() + random.nextInt((int) right.length()));
        }
        item.parentSub = random.nextBoolean() ? null : KEYS.get(random.nextInt(KEYS.size()));
        item.parent = left != null && isBefore(left, item) && random.nextBoolean()
                ? new Parent.OwnerId(left.client(), left.clock())
                : new Parent.RootName(anyRoot());
        return item;
    }

    private static boolean isBefore(Struct struct, Item item) {
        return struct.client() != item.client() || struct.end() <= item.clock();
    }

    private String anyRoot() {
        List<TypeNode> roots = new ArrayList<>(doc.store.roots());
        int index = random.nextInt(roots.size() + 1);
        return index == roots.size() ? "new root" : roots.get(index).name;
    }

    private Struct anyStruct() {
        List<ClientStructs> clients = doc.store.clientsDescending();
        ClientStructs client = clients.get(random.nextInt(clients.size()));
        return client.size() == 0 ? null
                : client.find(random.nextInt((int) client.nextClock()));
    }
}
