package io.adaos.hub.projection.room.branch;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.adaos.hub.projection.crdt.Doc;
import io.adaos.hub.projection.crdt.YArray;
import io.adaos.hub.projection.crdt.YMap;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class LeafReconcilerTest {

    private final Doc doc = RoomDocs.empty(7);

    @Test
    void put_ofTheSameValueAgain_changesNothing() {
        // Given
        BranchWrite write = put("runtime/a", Map.of("n", 1, "list", List.of(1, 2), "deep",
                Map.of("x", true)));
        apply(write);

        // When
        byte[] again = apply(write);

        // Then
        assertEquals(0, again.length);
    }

    @Test
    void put_ofOneOtherLeaf_keepsTheMapAndItsOtherLeaves() {
        // Given
        apply(put("runtime/a", Map.of("status", "running", "progress", 10)));
        YMap before = (YMap) doc.getMap("runtime").get("a");
        int structs = doc.structCount();

        // When
        apply(put("runtime/a", Map.of("status", "running", "progress", 20)));

        // Then
        assertEquals(before.toJson(), ((YMap) doc.getMap("runtime").get("a")).toJson());
        assertEquals(20L, before.get("progress"));
        assertTrue(doc.structCount() <= structs + 2);
    }

    @Test
    void put_withoutAMember_removesIt() {
        // Given
        apply(put("data/a", Map.of("stays", 1, "goes", 2)));

        // When
        apply(put("data/a", Map.of("stays", 1)));

        // Then
        assertEquals(Map.of("stays", 1L), json("data").get("a"));
    }

    @Test
    void put_below_aPlainObject_keepsItPlain() {
        // Given
        Map<String, Object> plain = Map.of("theme", "dark", "toasts", List.of());
        doc.transact("test", tx -> doc.getMap("data").set(tx, "desktop", plain));

        // When
        apply(put("data/desktop/toasts", List.of("one")));

        // Then
        assertInstanceOf(Map.class, doc.getMap("data").get("desktop"));
        assertEquals(Map.of("theme", "dark", "toasts", List.of("one")),
                json("data").get("desktop"));
    }

    @Test
    void put_whereNothingWas_makesMapsAndPlainLists() {
        // Given
        BranchWrite write = put("data/desktop/toasts", List.of(Map.of("level", "danger")));

        // When
        apply(write);

        // Then
        YMap desktop = assertInstanceOf(YMap.class, doc.getMap("data").get("desktop"));
        assertInstanceOf(List.class, desktop.get("toasts"));
    }

    @Test
    void put_ofNull_isAValue() {
        // Given
        Map<String, Object> withNull = new LinkedHashMap<>();
        withNull.put("result", null);

        // When
        byte[] first = apply(put("runtime/a", withNull));
        byte[] again = apply(put("runtime/a", withNull));

        // Then
        assertTrue(first.length > 0);
        assertEquals(0, again.length);
        assertTrue(((YMap) doc.getMap("runtime").get("a")).has("result"));
    }

    @Test
    void items_whenOneIsAdded_keepTheOthers() {
        // Given
        apply(items("runtime/order", "a", "b"));
        YArray order = (YArray) doc.getMap("runtime").get("order");

        // When
        byte[] update = apply(items("runtime/order", "b", "c"));

        // Then
        assertEquals(List.of("b", "c"), order.toList());
        assertTrue(update.length < 60, "one element in, one out");
    }

    @Test
    void remove_takesTheWholeBranch() {
        // Given
        apply(put("runtime/a/b", Map.of("x", 1)));

        // When
        apply(new BranchWrite.Remove(List.of("runtime", "a", "b")));
        byte[] again = apply(new BranchWrite.Remove(List.of("runtime", "a", "b")));
        byte[] nowhere = apply(new BranchWrite.Remove(List.of("runtime", "no", "such")));

        // Then
        assertEquals(Map.of("a", Map.of()), json("runtime"));
        assertEquals(0, again.length);
        assertEquals(0, nowhere.length);
    }

    @Test
    void merge_keepsMembersTheValueDoesNotHave_atEveryDepthAndInBothForms() {
        // Given
        apply(put("data/shared", Map.of("keep", 1, "deep", Map.of("x", 1, "y", 2))));
        doc.transact("test", tx -> doc.getMap("data").set(tx, "plain",
                Map.of("keep", 1, "deep", Map.of("x", 1, "y", 2))));
        Map<String, Object> value = Map.of("deep", Map.of("y", 3), "new", List.of(1));

        // When
        apply(with("data/shared", value, BranchWrite.Mode.MERGE, false));
        apply(with("data/plain", value, BranchWrite.Mode.MERGE, false));

        // Then
        Map<String, Object> merged = Map.of(
                "keep", 1L, "deep", Map.of("x", 1L, "y", 3L), "new", List.of(1L));
        assertEquals(Map.of("shared", merged, "plain", merged), json("data"));
    }

    @Test
    void list_writesOnlyTheItemsThatDiffer() {
        // Given
        List<Object> values = List.of("a", "b", "c", "d");
        apply(with("data/rows", values, BranchWrite.Mode.LIST, false));
        YArray rows = (YArray) doc.getMap("data").get("rows");

        // When
        List<Long> bytes = new ArrayList<>();
        doc.transact("test", tx -> bytes.add(new LeafReconciler(tx, doc).apply(
                with("data/rows", List.of("a", "c", "d", "e"), BranchWrite.Mode.LIST, false))));

        // Then
        assertEquals(List.of("a", "c", "d", "e"), rows.toList());
        assertEquals(2L * "data/rows".length() + "[\"e\"]".length(), bytes.get(0));
    }

    @Test
    void force_writesTheSameValueAgain() {
        // Given
        apply(put("data/a", "same"));

        // When
        byte[] again = apply(with("data/a", "same", BranchWrite.Mode.REPLACE, true));

        // Then
        assertTrue(again.length > 0);
    }

    @Test
    void bytes_areThoseOfTheLeavesThatChangedWithTheirPaths() {
        // Given
        apply(put("data/a", Map.of("same", "x".repeat(1_000), "n", 1, "gone", true)));
        List<Long> bytes = new ArrayList<>();

        // When
        doc.transact("test", tx -> {
            LeafReconciler reconciler = new LeafReconciler(tx, doc);
            BranchWrite write = put("data/a", Map.of("same", "x".repeat(1_000), "n", 22));
            bytes.add(reconciler.apply(write));
            bytes.add(reconciler.apply(write));
        });

        // Then
        assertEquals(List.of((long) "data/a/gone".length() + "data/a/n".length() + 2, 0L), bytes);
    }

    @Test
    void write_toARootOrOutsideTheLayout_isRefused() {
        // Given
        List<String> root = List.of("runtime");
        List<String> foreign = List.of("elsewhere", "a");

        // When
        Runnable atRoot = () -> new BranchWrite.Put(root, 1);
        Runnable outside = () -> new BranchWrite.Remove(foreign);

        // Then
        assertThrows(IllegalArgumentException.class, atRoot::run);
        assertThrows(IllegalArgumentException.class, outside::run);
    }

    private byte[] apply(BranchWrite write) {
        return doc.transact("test", tx -> new LeafReconciler(tx, doc).apply(write));
    }

    private Map<String, Object> json(String root) {
        return doc.getMap(root).toJson();
    }

    private static BranchWrite put(String path, Object value) {
        return new BranchWrite.Put(Arrays.asList(path.split("/")), value);
    }

    private static BranchWrite with(
            String path, Object value, BranchWrite.Mode mode, boolean force) {
        return new BranchWrite.Put(Arrays.asList(path.split("/")), value, mode, force);
    }

    private static BranchWrite items(String path, Object... values) {
        return new BranchWrite.Items(
                Arrays.asList(path.split("/")), new ArrayList<>(List.of(values)));
    }
}
