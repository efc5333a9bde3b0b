package io.adaos.hub.projection.crdt;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.adaos.hub.projection.crdt.codec.MalformedUpdateException;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** Hostile bytes: refused as a whole or taken as a whole, in time and memory in proportion. */
class MalformedUpdateTest {
    private static Doc victim() {
        Doc doc = new Doc(7);
        doc.transact("test", transaction -> doc.getMap("m").set(transaction, "keep", 1));
        return doc;
    }

    private static boolean isTaken(Doc doc, byte[] update) {
        try {
            doc.apply(update, "test");
            return true;
        } catch (MalformedUpdateException e) {
            return false;
        }
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
