package io.adaos.hub.projection.crdt;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.adaos.hub.projection.crdt.codec.MalformedUpdateException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** Hostile bytes: refused as a whole or taken as a whole, in time and memory in proportion. */
class MalformedUpdateTest {
    private static final Duration TIME_MAX = Duration.ofSeconds(5);

    private static Doc victim() {
        Doc doc = new Doc(7);
        doc.transact("test", transaction -> doc.getMap("m").set(transaction, "keep", 1));
        return doc;
    }

    @Test
    void vectors_refusedByYjs_areRefusedAndLeaveNoTrace() {
        // Given
        List<Map<String, Object>> lines = Vectors.lines("malformed.jsonl");
        List<String> wronglyTaken = new ArrayList<>();
        int refused = 0;

        for (Map<String, Object> line : lines) {
            byte[] update = line.get("update") == null
                    ? HostileUpdates.named((String) line.get("name"))
                    : Vectors.base64(line.get("update"));
            Doc doc = victim();
            byte[] before = doc.encodeStateAsUpdate();

            // When
            boolean taken = assertTimeoutPreemptively(TIME_MAX, () -> isTaken(doc, update),
                    (String) line.get("name"));

            // Then
            if (!taken) {
                refused++;
                assertArrayEquals(before, doc.encodeStateAsUpdate(), line.toString());
            } else if (((Map<?, ?>) line.get("yjs")).get("r").equals("throws")) {
                wronglyTaken.add((String) line.get("name"));
            } else {
                checkUsable(doc);
            }
        }
        System.out.println("malformed " + lines.size() + ", refused " + refused);
        assertEquals(List.of(), wronglyTaken);
        assertTrue(refused > 0);
    }

    private static boolean isTaken(Doc doc, byte[] update) {
        try {
            doc.apply(update, "test");
            return true;
        } catch (MalformedUpdateException e) {
            return false;
        }
    }

    /** Whatever was taken can be read, written to, encoded and deleted. */
    private static void checkUsable(Doc doc) {
        assertTimeoutPreemptively(TIME_MAX, () -> {
            doc.toJson();
            doc.transact("test", transaction -> {
                YMap map = doc.getMap("m");
                map.keys().forEach(key -> map.remove(transaction, key));
            });
            Doc copy = new Doc(8);
            copy.apply(doc.encodeStateAsUpdate(), "test");
            assertEquals(doc.stateVector(), copy.stateVector());
        });
    }

    @Test
    void apply_structsOfTheReceiverItself_areRefusedUnlessKnown() throws MalformedUpdateException {
        // Given
        Doc doc = victim();
        Doc forger = new Doc(7);
        byte[] forged = forger.transact("test", transaction -> {
            forger.getMap("m").set(transaction, "keep", 1);
            forger.getMap("m").set(transaction, "forged", 1);
        });

        // When
        byte[] echo = doc.apply(doc.encodeStateAsUpdate(), "test");

        // Then
        assertEquals(0, echo.length);
        assertThrows(MalformedUpdateException.class, () -> doc.apply(forged, "test"));
    }

    @Test
    void apply_structBehindAndBeforeTheSameUnit_isRefused() throws MalformedUpdateException {
        // Given: found by mutation; after such an insert a copy would read another text
        Doc doc = new Doc(7);
        doc.apply(Vectors.base64("AQFRAAQBAXQGYWJjZGVmAA=="), "test");
        byte[] state = doc.encodeStateAsUpdate();
        byte[] between = Vectors.base64("AQFRBsRRAlECAVgA");

        // When
        assertThrows(MalformedUpdateException.class, () -> doc.apply(between, "test"));

        // Then
        assertArrayEquals(state, doc.encodeStateAsUpdate());
    }

    @Test
    void apply_trailingBytes_areIgnoredAsInYjs() throws MalformedUpdateException {
        // Given
        byte[] update = victim().encodeStateAsUpdate();
        Doc doc = new Doc(8);

        // When
        doc.apply(Arrays.copyOf(update, update.length + 5), "test");

        // Then
        assertEquals(Map.of("m", Map.of("keep", 1L)), doc.toJson());
    }
}
