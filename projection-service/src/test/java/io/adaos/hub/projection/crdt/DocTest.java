package io.adaos.hub.projection.crdt;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.adaos.hub.projection.crdt.codec.DecodeLimits;
import io.adaos.hub.projection.crdt.codec.MalformedUpdateException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class DocTest {

    @Test
    void transact_withoutChange_givesNoUpdate() {
        // Given
        Doc doc = new Doc(1);

        // When
        byte[] update = doc.transact("test", transaction ->
                doc.getMap("m").remove(transaction, "missing"));

        // Then
        assertEquals(0, update.length);
    }

    @Test
    void apply_twice_bringsNothingNew() throws MalformedUpdateException {
        // Given
        Doc author = new Doc(1);
        byte[] update = author.transact("test", transaction ->
                author.getMap("m").set(transaction, "k", List.of(1, "two")));
        Doc reader = new Doc(2);

        // When
        byte[] first = reader.apply(update, "test");
        byte[] second = reader.apply(update, "test");

        // Then
        assertArrayEquals(update, first);
        assertEquals(0, second.length);
        assertEquals(Map.of("m", Map.of("k", List.of(1L, "two"))), reader.toJson());
    }

    @Test
    void transact_thatFails_tellsWhatItHadChanged() throws MalformedUpdateException {
        // Given
        Doc doc = new Doc(1);

        // When
        AbortedTransactionException aborted = assertThrows(AbortedTransactionException.class,
                () -> doc.transact("test", transaction -> {
                    doc.getMap("m").set(transaction, "k", 1);
                    throw new IllegalStateException("half-way");
                }));

        // Then
        Doc copy = new Doc(2);
        copy.apply(aborted.update(), "test");
        assertEquals(doc.toJson(), copy.toJson());
        assertEquals(1, doc.transact("test", transaction ->
                doc.getMap("m").set(transaction, "k", 2))[0]);
    }

    @Test
    void transaction_afterItsEndOrOfAnotherDocument_isRefused() {
        // Given
        Doc doc = new Doc(1);
        Doc other = new Doc(2);
        List<Transaction> kept = new ArrayList<>();

        // When
        doc.transact("test", kept::add);

        // Then
        assertThrows(IllegalStateException.class,
                () -> doc.getMap("m").set(kept.get(0), "k", 1));
        assertThrows(AbortedTransactionException.class, () -> other.transact("test",
                transaction -> doc.getMap("m").set(transaction, "k", 1)));
        assertThrows(AbortedTransactionException.class, () -> doc.transact("test",
                transaction -> doc.transact("inner", inner -> { })));
    }

    @Test
    void root_usedAsAnotherKind_isRefused() {
        // Given
        Doc doc = new Doc(1);

        // When
        YMap map = doc.getMap("m");

        // Then
        assertSame(map, doc.getMap("m"));
        assertThrows(IllegalStateException.class, () -> doc.getArray("m"));
    }

    @Test
    void toJson_rootsNobodyAskedFor_areShownAsTheyLook() throws MalformedUpdateException {
        // Given
        Doc author = new Doc(1);
        byte[] update = author.transact("test", transaction -> {
            author.getMap("m").set(transaction, "k", true);
            author.getArray("a").push(transaction, 1);
            author.getText("t").insert(transaction, 0, "text");
        });
        Doc reader = new Doc(2);

        // When
        reader.apply(update, "test");

        // Then
        assertEquals(author.toJson(), reader.toJson());
        assertEquals(3, reader.structCount());
        assertEquals(3, reader.liveItemCount());
    }

    @Test
    void fitOf_anUpdate_saysWhatApplyingItWouldDo() throws MalformedUpdateException {
        // Given
        Doc author = new Doc(1);
        YMap map = author.getMap("m");
        byte[] first = author.transact("test", transaction -> map.set(transaction, "k", 1));
        byte[] second = author.transact("test", transaction -> map.set(transaction, "k", 2));
        Doc reader = new Doc(2);

        // Then
        assertEquals(UpdateFit.GAP, reader.fitOf(second));
        assertEquals(UpdateFit.NEW, reader.fitOf(first));
        reader.apply(first, "test");
        assertEquals(UpdateFit.KNOWN, reader.fitOf(first));
        assertEquals(UpdateFit.NEW, reader.fitOf(second));
    }

    @Test
    void apply_typesNestedTooDeeply_isRefusedAtOnceAndWhenItArrivesInPieces()
            throws MalformedUpdateException {
        // Given
        int depthMax = DecodeLimits.DEFAULT.depthMax();
        Doc doc = new Doc(1);
        byte[] empty = doc.encodeStateAsUpdate();

        // When
        byte[] tooDeep = HostileUpdates.nestedTypes(depthMax + 1);
        byte[] deepest = HostileUpdates.nestedTypes(depthMax);

        // Then
        assertThrows(MalformedUpdateException.class, () -> doc.apply(tooDeep, "test"));
        assertArrayEquals(empty, doc.encodeStateAsUpdate());
        assertTrue(doc.apply(deepest, "test").length > 0);
        assertThrows(MalformedUpdateException.class, () -> doc.apply(tooDeep, "test"));
        assertFalse(doc.hasPending());
    }

    @Test
    void setMap_nestedTooDeeply_isRefused() {
        // Given
        Doc doc = new Doc(1);

        // Then
        assertThrows(AbortedTransactionException.class, () -> doc.transact("test", transaction -> {
            YMap map = doc.getMap("m");
            for (int i = 0; i <= DecodeLimits.DEFAULT.depthMax(); i++) {
                map = map.setMap(transaction, "k");
            }
        }));
    }

    @Test
    void clientId_outOfRange_isRefused() {
        assertThrows(IllegalArgumentException.class, () -> new Doc(-1));
        assertThrows(IllegalArgumentException.class, () -> new Doc(1L << 53));
    }
}
