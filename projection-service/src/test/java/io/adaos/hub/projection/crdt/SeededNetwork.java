package io.adaos.hub.projection.crdt;

import io.adaos.hub.projection.crdt.codec.MalformedUpdateException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Random;

/** A network whose every step is decided by one seed. */
final class SeededNetwork implements ReplicaNetwork {
    private static final String WORDS = "abc\uD83D\uDE00def\uD83D\uDE80\u00FCg";

    private final Random random;
    private final List<Doc> replicas = new ArrayList<>();
    private final List<byte[]> updates = new ArrayList<>();
    private long nextClientId = 1;

    SeededNetwork(int count, long seed) {
        random = new Random(seed);
        for (int i = 0; i < count; i++) {
            replicas.add(newDoc());
        }
    }

    /** Ids are not in the order of their making, so that ties are broken either way. */
    private Doc newDoc() {
        return new Doc((nextClientId++ * 2_654_435_761L) & 0xFFFF_FFFFL);
    }

    private Doc anyone() {
        return replicas.get(random.nextInt(replicas.size()));
    }

    @Override
    public void editAtRandom() {
        byte[] update = editAtRandom(anyone());
        if (update.length > 0) {
            updates.add(update);
        }
    }

    /** One to three changes of a document, which need not be in the network; gives the update. */
    byte[] editAtRandom(Doc doc) {
        return doc.transact("edit", transaction -> {
            for (int i = random.nextInt(3); i >= 0; i--) {
                edit(transaction, doc);
            }
        });
    }

    private void edit(Transaction transaction, Doc doc) {
        switch (random.nextInt(3)) {
            case 0 -> editMap(transaction, doc.getMap("m"), 0);
            case 1 -> editArray(transaction, doc.getArray("a"), 0);
            default -> editText(transaction, doc.getText("t"));
        }
    }

    private void editMap(Transaction transaction, YMap map, int depth) {
        String key = "k" + random.nextInt(4);
        Object value = map.get(key);
        int choice = random.nextInt(6);
        if (choice < 2 && value instanceof SharedType nested && depth < 4) {
            editNested(transaction, nested, depth + 1);
        } else if (choice == 2) {
            map.remove(transaction, key);
        } else if (choice == 3) {
            map.setMap(transaction, key).set(transaction, "first", random.nextInt(100));
        } else if (choice == 4) {
            map.setArray(transaction, key).push(transaction, "first");
        } else {
            map.set(transaction, key, random.nextInt(1000));
        }
    }

    private void editNested(Transaction transaction, SharedType nested, int depth) {
        if (nested instanceof YMap map) {
            editMap(transaction, map, depth);
        } else if (nested instanceof YArray array) {
            editArray(transaction, array, depth);
        } else {
            editText(transaction, (YText) nested);
        }
    }

    private void editArray(Transaction transaction, YArray array, int depth) {
        int at = random.nextInt(array.size() + 1);
        int choice = random.nextInt(6);
        if (choice == 0 && at < array.size()) {
            array.remove(transaction, at, 1 + random.nextInt(Math.min(4, array.size() - at)));
        } else if (choice == 1) {
            array.insertMap(transaction, at).set(transaction, "x", at);
        } else if (choice == 2) {
            array.push(transaction, new byte[] {(byte) at});
        } else if (choice == 3 && at < array.size() && depth < 4
                && array.get(at) instanceof SharedType nested) {
            editNested(transaction, nested, depth + 1);
        } else {
            array.insert(transaction, at, List.of(random.nextInt(9), "s", Map.of("o", 1)));
        }
    }

    private void editText(Transaction transaction, YText text) {
        int at = random.nextInt(text.length() + 1);
        if (random.nextInt(3) == 0 && at < text.length()) {
            text.delete(transaction, at, 1 + random.nextInt(Math.min(5, text.length() - at)));
        } else {
            text.insert(transaction, at, WORDS.substring(random.nextInt(WORDS.length() - 1)));
        }
    }

    @Override
    public void deliverSomethingLate() {
        if (!updates.isEmpty()) {
            Doc doc = anyone();
            deliver(doc, updates.get(random.nextInt(updates.size())));
        }
    }

    @Override
    public void deliverEverything() {
        for (Doc doc : replicas) {
            List<byte[]> shuffled = new ArrayList<>(updates);
            Collections.shuffle(shuffled, random);
            shuffled.forEach(update -> deliver(doc, update));
        }
    }

    @Override
    public void reloadSomebody() {
        Doc source = anyone();
        Doc fresh = newDoc();
        deliver(fresh, source.encodeStateAsUpdate());
        replicas.set(random.nextInt(replicas.size()), fresh);
    }

    private static void deliver(Doc doc, byte[] update) {
        try {
            doc.apply(update, "network");
        } catch (MalformedUpdateException e) {
            throw new AssertionError(e);
        }
    }

    @Override
    public List<String> contents() {
        return replicas.stream().map(SeededNetwork::contentOf).toList();
    }

    private static String contentOf(Doc doc) {
        return Portable.of(JsonView.EXACT.of(doc.getMap("m").node)) + " "
                + Portable.of(JsonView.EXACT.of(doc.getArray("a").node)) + " "
                + doc.getText("t") + " " + doc.stateVector() + " " + doc.hasPending() + " "
                + UpdateWriter.deletesOf(doc.store);
    }
}
