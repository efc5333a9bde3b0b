package io.adaos.hub.projection.crdt;

import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** A document that is overwritten for ever stays small when its branches are rotated. */
class BoundedHistoryTest {
    private static final int ENTRIES = 200;

    /** A million, as in the notes, takes five times as long: -Dcrdt.writes=1000000. */
    private static final int WRITES = Integer.getInteger("crdt.writes", 200_000);

    private static final int WRITES_PER_BATCH = 10;
    private static final int BATCHES_PER_CHECK = 5;

    private final Doc doc = new Doc(3_405_691_582L);
    private final Random random = new Random(20_261_121);
    private long rotations;
    private int largest;
    private int mostStructs;

    private YMap at(String... path) {
        YMap map = doc.getMap(path[0]);
        for (int i = 1; i < path.length; i++) {
            map = (YMap) map.get(path[i]);
        }
        return map;
    }

    /** The members of an operation as operationview writes them, roughly. */
    private static void fill(Transaction transaction, YMap entry, int index) {
        entry.set(transaction, "operation_id", "op-0123456789abcdef" + index);
        entry.set(transaction, "kind", "skill.install");
        entry.set(transaction, "target_id", "weather_skill_" + index);
        entry.set(transaction, "status", "running");
        entry.set(transaction, "progress", 0);
        entry.set(transaction, "current_step", "download");
        entry.set(transaction, "message", "Fetching archive");
        entry.set(transaction, "created_at", "2026-11-21T14:00:00.000Z");
        entry.set(transaction, "updated_at", "2026-11-21T14:00:00.000Z");
        entry.set(transaction, "webspace_id", "desktop");
        entry.set(transaction, "node_id", "hub");
        entry.set(transaction, "revision", 1);
        entry.set(transaction, "scope", List.of("global", "skill:weather_skill_" + index));
        entry.set(transaction, "initiator", Map.of("kind", "user", "id", "u1"));
        entry.set(transaction, "can_retry", false);
        entry.set(transaction, "attempt", 1);
    }

    private void overwrite(Transaction transaction, YMap entries, int number) {
        YMap entry = (YMap) entries.get("e" + random.nextInt(ENTRIES));
        switch (number % 3) {
            case 0 -> entry.set(transaction, "progress", random.nextInt(100));
            case 1 -> entry.set(transaction, "revision", number);
            default -> entry.set(transaction, "updated_at", "2026-11-21T14:00:00." + number);
        }
    }

    private void rotateWhatIsDue(YMap watched, RotationRule rule) {
        List<SharedType> due = watched.rotationsDue(rule);
        if (!due.isEmpty()) {
            largest = Math.max(largest, doc.encodeStateAsUpdate().length);
            mostStructs = Math.max(mostStructs, doc.structCount());
        }
        while (!due.isEmpty()) {
            List<SharedType> now = due;
            rotations += now.size();
            doc.transact("core:rotation", transaction ->
                    now.forEach(type -> type.rotate(transaction)));
            due = watched.rotationsDue(rule);
        }
    }

    /** The encoded size of a new document with the same content. */
    private int liveSize() {
        Doc fresh = new Doc(doc.clientId());
        fresh.transact("copy", transaction -> doc.toJson().forEach((root, content) ->
                copy(transaction, fresh.getMap(root), (Map<?, ?>) content)));
        return fresh.encodeStateAsUpdate().length;
    }

    private static void copy(Transaction transaction, YMap into, Map<?, ?> content) {
        content.forEach((key, value) -> {
            if (value instanceof Map<?, ?> nested && !nested.containsKey("kind")
                    || value instanceof Map<?, ?> entry && entry.containsKey("status")) {
                copy(transaction, into.setMap(transaction, (String) key), (Map<?, ?>) value);
            } else {
                into.set(transaction, (String) key, value);
            }
        });
    }

    /** Gives the largest encoded size that was seen just before a rotation, over the live size. */
    private double run(RotationRule rule, String... path) {
        doc.transact("test", transaction -> {
            YMap map = doc.getMap(path[0]);
            for (int i = 1; i < path.length; i++) {
                map = map.setMap(transaction, path[i]);
            }
            for (int i = 0; i < ENTRIES; i++) {
                fill(transaction, map.setMap(transaction, "e" + i), i);
            }
        });
        doc.useKeyClients(doc.clientId() + 1, doc.clientId() + 1_000);
        long start = System.nanoTime();
        int batches = WRITES / WRITES_PER_BATCH;
        for (int batch = 0; batch < batches; batch++) {
            int first = batch * WRITES_PER_BATCH;
            doc.transact("test", transaction -> {
                YMap entries = at(path);
                for (int i = 0; i < WRITES_PER_BATCH; i++) {
                    overwrite(transaction, entries, first + i);
                }
            });
            if (batch % BATCHES_PER_CHECK == 0) {
                rotateWhatIsDue(doc.getMap(path[0]), rule);
            }
        }
        int live = liveSize();
        System.out.printf("%s, %s: %d writes, %d rotations, %d ms: live %d bytes, largest %d,"
                + " last %d; structs %d, most %d, live %d%n", String.join("/", path), rule, WRITES,
                rotations, (System.nanoTime() - start) / 1_000_000, live, largest,
                doc.encodeStateAsUpdate().length, doc.structCount(), mostStructs,
                doc.liveItemCount());
        return (double) largest / live;
    }

    @Test
    void progressOverwrites_rotatedByTheRule_staySmall() {
        double ratio = run(RotationRule.DEFAULT, "runtime", "operations", "by_id");
        assertTrue(ratio <= 2.05, "ratio " + ratio);
        assertTrue(mostStructs < 5 * doc.liveItemCount(), "structs " + mostStructs);
    }

    @Test
    void progressOverwrites_rotatedEarlier_areBelowTwiceTheContent() {
        double ratio = run(new RotationRule(3, 256), "runtime", "operations", "by_id");
        assertTrue(ratio <= 1.8, "ratio " + ratio);
    }

    @Test
    void slotOverwrites_rotatedEarlier_areBelowTwiceTheContent() {
        double ratio = run(new RotationRule(3, 256), "data");
        assertTrue(ratio <= 2, "ratio " + ratio);
    }
}
