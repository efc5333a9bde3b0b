package io.adaos.hub.projection.crdt;

import static org.junit.jupiter.api.Assertions.assertTrue;

import io.adaos.hub.projection.crdt.codec.ByteWriter;
import java.lang.management.ManagementFactory;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Inputs that would cost their square if something were searched or copied too often. */
class CostGrowthTest {
    private static final int FACTOR = 8;

    /** Linear cost grows by {@link #FACTOR}, quadratic cost by its square, which is 64. */
    private static final double GROWTH_MAX = 4 * FACTOR;

    private static final int TRIES = 5;

    /** Gives the updates of an input of some size. */
    @FunctionalInterface
    interface Input {
        List<byte[]> of(int size) throws Exception;
    }

    static Stream<Arguments> inputs() {
        return Stream.of(
                input("rising clients at one list place", 1000, n -> rivals(n)),
                input("shuffled clients at one list place", 1000, n -> {
                    List<byte[]> updates = rivals(n);
                    Collections.shuffle(updates.subList(1, n), new Random(1));
                    return updates;
                }),
                input("clients at one place before a rival of its neighbour", 1000,
                        CostGrowthTest::rivalsBeforeRival),
                input("deletes in one array item", 2000, CostGrowthTest::arrayDeletes),
                input("deletes in one text item", 2000, CostGrowthTest::textDeletes),
                input("deletes that come before their units", 1000, n -> {
                    List<byte[]> updates = textDeletes(n);
                    Collections.reverse(updates);
                    return updates;
                }),
                input("gaps of many clients, closed one by one", 500, CostGrowthTest::gaps),
                input("one client that waits for many", 500, CostGrowthTest::oneByOne),
                input("an update of many blocks of one client", 2000, n -> List.of(blocks(n))),
                input("keys that Java hashes alike", 1000, n -> List.of(keysOfOneHash(n))),
                input("clients whose ids end alike", 1000, CostGrowthTest::idsThatEndAlike),
                input("a known text again, unit by unit", 2000, CostGrowthTest::again));
    }

    private static Arguments input(String name, int size, Input input) {
        return Arguments.of(name, size, input);
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("inputs")
    void cost_ofLargerInput_growsLikeTheInput(String name, int size, Input input)
            throws Exception {
        // Given
        List<byte[]> small = input.of(size);
        List<byte[]> large = input.of(FACTOR * size);

        // When
        long smallNanos = cost(small);
        long largeNanos = cost(large);

        // Then
        double growth = (double) largeNanos / smallNanos;
        assertTrue(growth < GROWTH_MAX, name + ": cost grew by " + growth);
    }

    /** The least processor time of several tries. */
    private static long cost(List<byte[]> updates) throws Exception {
        long least = Long.MAX_VALUE;
        for (int i = 0; i < TRIES; i++) {
            Doc doc = new Doc(1);
            long start = ManagementFactory.getThreadMXBean().getCurrentThreadCpuTime();
            for (byte[] update : updates) {
                doc.apply(update, "test");
            }
            least = Math.min(least,
                    ManagementFactory.getThreadMXBean().getCurrentThreadCpuTime() - start);
        }
        return least;
    }

    private static List<byte[]> rivals(int n) throws Exception {
        Doc first = new Doc(5);
        byte[] base = first.transact("test", tx ->
                first.getArray("a").insert(tx, 0, List.of("a", "b")));
        List<byte[]> updates = new ArrayList<>(List.of(base));
        for (int i = 0; i < n; i++) {
            Doc doc = new Doc(1000 + i);
            doc.apply(base, "test");
            updates.add(doc.transact("test", tx ->
                    doc.getArray("a").insert(tx, 1, List.of("c"))));
        }
        return updates;
    }

    /** Everybody writes behind one item, while another item stands behind all of them. */
    private static List<byte[]> rivalsBeforeRival(int n) throws Exception {
        Doc first = new Doc(5);
        byte[] base = first.transact("test", tx ->
                first.getArray("a").insert(tx, 0, List.of("a")));
        Doc second = new Doc(6);
        byte[] rival = second.transact("test", tx ->
                second.getArray("a").insert(tx, 0, List.of("b")));
        List<byte[]> updates = new ArrayList<>(List.of(base, rival));
        for (int i = 0; i < n; i++) {
            Doc doc = new Doc(1000 + i);
            doc.apply(base, "test");
            updates.add(doc.transact("test", tx -> doc.getArray("a").push(tx, "c")));
        }
        return updates;
    }

    private static List<byte[]> arrayDeletes(int n) {
        Doc doc = new Doc(5);
        List<Integer> numbers = IntStream.range(0, 2 * n).boxed().toList();
        byte[] insert = doc.transact("test", tx -> doc.getArray("a").insert(tx, 0, numbers));
        byte[] deletes = doc.transact("test", tx ->
                IntStream.range(0, n).forEach(i -> doc.getArray("a").remove(tx, i, 1)));
        return List.of(insert, deletes);
    }

    private static List<byte[]> textDeletes(int n) {
        Doc doc = new Doc(5);
        byte[] insert = doc.transact("test", tx ->
                doc.getText("t").insert(tx, 0, "x".repeat(2 * n)));
        byte[] deletes = doc.transact("test", tx ->
                IntStream.range(0, n).forEach(i -> doc.getText("t").delete(tx, i, 1)));
        return new ArrayList<>(List.of(insert, deletes));
    }

    private static List<byte[]> again(int n) throws Exception {
        Doc doc = new Doc(5);
        List<byte[]> units = new ArrayList<>();
        for (int i = 0; i < n; i++) {
            int at = i;
            units.add(doc.transact("test", tx -> doc.getText("t").insert(tx, at, "x")));
        }
        byte[] all = UpdateMerge.merge(units);
        return List.of(all, all);
    }

    private static List<byte[]> gaps(int n) {
        List<byte[]> firsts = new ArrayList<>();
        List<byte[]> updates = new ArrayList<>();
        for (int i = 0; i < n; i++) {
            Doc doc = new Doc(1000 + i);
            firsts.add(doc.transact("test", tx -> doc.getMap("m").set(tx, "a", 1)));
            updates.add(doc.transact("test", tx -> doc.getMap("m").set(tx, "b", 2)));
        }
        updates.addAll(firsts);
        return updates;
    }

    private static List<byte[]> oneByOne(int n) throws Exception {
        List<byte[]> others = new ArrayList<>();
        List<byte[]> updates = new ArrayList<>();
        Doc waiting = new Doc(5);
        for (int i = 0; i < n; i++) {
            String key = "k" + i;
            Doc other = new Doc(1000 + i);
            others.add(other.transact("test", tx -> other.getMap("m").set(tx, key, 0)));
            waiting.apply(others.get(i), "test");
            updates.add(waiting.transact("test", tx -> waiting.getMap("m").set(tx, key, 1)));
        }
        updates.addAll(others);
        return updates;
    }

    /** Keys of 16 pairs of letters; the two pairs that occur have the same hash. */
    private static byte[] keysOfOneHash(int n) {
        Doc doc = new Doc(5);
        return doc.transact("test", tx -> {
            for (int i = 0; i < n; i++) {
                String key = Integer.toBinaryString(1 << 15 | i)
                        .replace("0", "Aa").replace("1", "BB");
                doc.getMap("m").set(tx, key, i);
            }
        });
    }

    private static List<byte[]> idsThatEndAlike(int n) {
        List<byte[]> updates = new ArrayList<>();
        for (int i = 0; i < n; i++) {
            String key = "k" + i;
            Doc doc = new Doc((1L + i) << 32);
            updates.add(doc.transact("test", tx -> doc.getMap("m").set(tx, key, 1)));
        }
        return updates;
    }

    /** One update in which every struct has a block of its own: gc structs of one unit. */
    private static byte[] blocks(int n) {
        ByteWriter out = new ByteWriter();
        out.writeVarUint(n);
        for (int i = 0; i < n; i++) {
            out.writeVarUint(1);
            out.writeVarUint(9);
            out.writeVarUint(i);
            out.writeByte(0);
            out.writeVarUint(1);
        }
        out.writeVarUint(0);
        return out.toBytes();
    }
}
