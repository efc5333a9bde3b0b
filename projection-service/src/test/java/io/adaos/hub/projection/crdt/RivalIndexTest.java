package io.adaos.hub.projection.crdt;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;

import io.adaos.hub.projection.crdt.codec.MalformedUpdateException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Many clients that write to one place at once. */
class RivalIndexTest {

    /** Updates of clients that each saw only {@code base} and wrote the key once or twice. */
    private static List<byte[]> rivals(int count, byte[] base) throws MalformedUpdateException {
        List<byte[]> updates = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            Doc doc = new Doc(1000 + i);
            doc.apply(base, "test");
            for (int value = 0; value <= i % 2; value++) {
                int number = 10 * i + value;
                updates.add(doc.transact("test", transaction ->
                        doc.getMap("m").set(transaction, "k", number)));
            }
        }
        return updates;
    }

    private static Doc readerOf(byte[] base, List<byte[]> updates)
            throws MalformedUpdateException {
        Doc doc = new Doc(1);
        doc.apply(base, "test");
        for (byte[] update : updates) {
            doc.apply(update, "test");
        }
        return doc;
    }

    @Test
    void rivals_inAnyOrder_endInTheSameBytes() throws MalformedUpdateException {
        // Given
        Doc first = new Doc(5);
        byte[] base = first.transact("test", transaction ->
                first.getMap("m").set(transaction, "k", "base"));
        List<byte[]> updates = rivals(400, base);
        List<byte[]> shuffled = new ArrayList<>(updates);
        Collections.shuffle(shuffled, new Random(3));
        List<byte[]> backwards = new ArrayList<>(updates);
        Collections.reverse(backwards);

        // When
        Doc forward = readerOf(base, updates);

        // Then
        assertEquals(3991L, forward.getMap("m").get("k"));
        for (List<byte[]> order : List.of(shuffled, backwards)) {
            Doc doc = readerOf(base, order);
            assertEquals(forward.toJson(), doc.toJson());
            assertArrayEquals(forward.encodeStateAsUpdate(), doc.encodeStateAsUpdate());
        }
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4, 5, 6})
    void rivalsOfRivals_inAnyOrder_endInTheSameBytes(long seed) throws MalformedUpdateException {
        // Given: clients that know some of what others wrote, and write close to it
        Random random = new Random(seed);
        Doc first = new Doc(5);
        byte[] base = first.transact("test", transaction ->
                first.getArray("a").insert(transaction, 0, List.of("a", "b")));
        List<byte[]> updates = new ArrayList<>(List.of(base));
        for (int i = 0; i < 300; i++) {
            Doc doc = new Doc(1000 + (i * 7919L + seed) % 100_003);
            int known = random.nextInt(3) == 0 ? random.nextInt(updates.size()) : 0;
            for (byte[] update : updates.subList(0, known + 1)) {
                doc.apply(update, "test");
            }
            int index = 1 + random.nextInt(Math.min(3, doc.getArray("a").size() - 1));
            updates.add(doc.transact("test", transaction ->
                    doc.getArray("a").insert(transaction, index, List.of(doc.clientId()))));
        }

        // When
        Doc forward = readerOf(base, updates);

        // Then
        assertEquals(302, forward.getArray("a").size());
        for (int i = 0; i < 4; i++) {
            Collections.shuffle(updates, random);
            Doc doc = new Doc(1);
            for (byte[] update : updates) {
                doc.apply(update, "test");
            }
            assertEquals(forward.toJson(), doc.toJson(), "seed " + seed);
            assertArrayEquals(forward.encodeStateAsUpdate(), doc.encodeStateAsUpdate());
        }
    }

    @Test
    void rivals_byTheThousand_costInProportion() {
        assertTimeoutPreemptively(Duration.ofSeconds(10), () -> {
            // Given
            List<byte[]> updates = rivals(20_000, new byte[] {0, 0});

            // When
            Doc doc = readerOf(new byte[] {0, 0}, updates);

            // Then
            assertEquals(199_991L, doc.getMap("m").get("k"));
        });
    }
}
