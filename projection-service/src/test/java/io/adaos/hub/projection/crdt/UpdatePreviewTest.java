package io.adaos.hub.projection.crdt;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.adaos.hub.projection.crdt.codec.ByteWriter;
import io.adaos.hub.projection.crdt.codec.DecodeLimits;
import io.adaos.hub.projection.crdt.codec.MalformedUpdateException;
import io.adaos.hub.projection.crdt.id.StructId;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;

class UpdatePreviewTest {
    private static final int PATHS_MAX = 10_000;

    private final Doc author = new Doc(1);
    private final Doc reader = new Doc(2);

    private byte[] author(Consumer<Transaction> work) {
        return author.transact("test", work);
    }

    private byte[] both(Consumer<Transaction> work) throws MalformedUpdateException {
        byte[] update = author(work);
        reader.apply(update, "test");
        return update;
    }

    private UpdatePreview preview(byte[] update) throws MalformedUpdateException {
        return reader.previewOf(update, PATHS_MAX);
    }

    private static List<String> texts(Set<DocPath> paths) {
        return paths.stream().map(DocPath::toString).sorted().toList();
    }

    private YMap data() {
        return author.getMap("data");
    }

    private YMap branch(String... keys) {
        YMap map = data();
        for (String key : keys) {
            map = (YMap) map.get(key);
        }
        return map;
    }

    @Test
    void preview_aNewBranch_touchesItsKeyOnly() throws MalformedUpdateException {
        // Given
        byte[] update = author(transaction -> {
            YMap branch = data().setMap(transaction, "a/b");
            branch.set(transaction, "x", 1);
            branch.setArray(transaction, "list").pushAll(transaction, List.of(1, 2));
        });

        // When
        UpdatePreview preview = preview(update);

        // Then
        assertEquals(List.of("data/a~1b"), texts(preview.touched()));
        assertEquals(UpdateFit.NEW, preview.fit());
        assertTrue(preview.isComplete());
        assertEquals(4, preview.newStructs());
        assertEquals(Set.of(1L), preview.writers());
        assertTrue(reader.toJson().isEmpty());
    }

    @Test
    void preview_writesBelowKnownTypes_namesEachKeyAndList() throws MalformedUpdateException {
        // Given
        both(transaction -> {
            YMap inner = data().setMap(transaction, "a").setMap(transaction, "b");
            inner.set(transaction, "old", 1);
            inner.setArray(transaction, "list").pushMap(transaction);
        });
        YArray list = (YArray) branch("a", "b").get("list");

        // When
        UpdatePreview preview = preview(author(transaction -> {
            branch("a", "b").set(transaction, "old", 2);
            branch("a").set(transaction, "new", 2);
            list.push(transaction, 1);
            ((YMap) list.get(0)).set(transaction, "deep", 1);
            author.getText("t").insert(transaction, 0, "hi");
        }));

        // Then
        assertEquals(List.of("data/a/b/list", "data/a/b/list/*/deep", "data/a/b/old",
                "data/a/new", "t"), texts(preview.touched()));
        assertTrue(preview.touched().stream().anyMatch(path ->
                path.keys().equals(List.of("data", "a", "b", "list"))
                        && path.steps().contains(new PathStep.Element(new StructId(1, 4)))));
    }

    @Test
    void preview_deletedBranch_isNamedWithoutWhatIsInside() throws MalformedUpdateException {
        // Given
        both(transaction -> {
            YMap branch = data().setMap(transaction, "a").setMap(transaction, "b");
            branch.set(transaction, "x", 1);
            branch.setArray(transaction, "list").push(transaction, 1);
        });

        // When
        UpdatePreview preview = preview(author(transaction -> {
            branch("a", "b").set(transaction, "x", 2);
            branch("a").remove(transaction, "b");
        }));

        // Then
        assertEquals(List.of("data/a/b"), texts(preview.touched()));
    }

    @Test
    void preview_belowDeletedOrCollectedTypes_isHidden() throws MalformedUpdateException {
        // Given
        both(transaction -> data().setMap(transaction, "a").setMap(transaction, "b"));
        reader.transact("test", transaction ->
                reader.getMap("data").remove(transaction, "a"));

        // When
        UpdatePreview preview = preview(author(transaction -> {
            branch("a").set(transaction, "x", 1);
            branch("a", "b").setMap(transaction, "y").set(transaction, "z", 1);
        }));

        // Then
        assertEquals(List.of(), texts(preview.touched()));
        assertEquals(3, preview.newStructs());
        assertEquals(3, preview.hiddenStructs());
        assertEquals(UpdateFit.NEW, preview.fit());
    }

    @Test
    void preview_whatMustWait_isNotComplete() throws MalformedUpdateException {
        // Given
        byte[] first = author(transaction -> data().setMap(transaction, "a"));
        byte[] second = author(transaction -> branch("a").set(transaction, "x", 1));

        // When
        UpdatePreview gap = preview(second);
        reader.apply(second, "test");
        UpdatePreview release = preview(first);

        // Then
        assertEquals(UpdateFit.GAP, gap.fit());
        assertFalse(gap.isComplete());
        assertEquals(Set.of(1L), gap.writers());
        assertFalse(release.isComplete());
        assertEquals(List.of("data/a"), texts(release.touched()));
    }

    @Test
    void preview_knownUpdate_touchesNothing() throws MalformedUpdateException {
        // Given
        byte[] update = both(transaction -> data().set(transaction, "x", 1));

        // When
        UpdatePreview preview = preview(update);

        // Then
        assertEquals(new UpdatePreview(UpdateFit.KNOWN, Set.of(), true, 1, 0, 0, new TreeSet<>()),
                preview);
    }

    @Test
    void preview_morePathsThanAskedFor_isNotComplete() throws MalformedUpdateException {
        // Given
        byte[] update = author(transaction -> {
            data().set(transaction, "x", 1);
            data().set(transaction, "y", 1);
        });

        // When
        UpdatePreview preview = reader.previewOf(update, 1);

        // Then
        assertEquals(Set.of(), preview.touched());
        assertFalse(preview.isComplete());
    }

    @Test
    void proposal_ofAnotherMomentOrDocument_isNotApplied() throws MalformedUpdateException {
        // Given
        byte[] update = author(transaction -> data().set(transaction, "x", 1));
        ProposedUpdate proposed = reader.propose(update, PATHS_MAX, DecodeLimits.LIVE_PEER);
        ProposedUpdate later = reader.propose(update, PATHS_MAX, DecodeLimits.LIVE_PEER);

        // When
        byte[] applied = reader.apply(proposed, "test");

        // Then
        assertArrayEquals(update, applied);
        assertThrows(IllegalStateException.class, () -> reader.apply(proposed, "test"));
        assertThrows(IllegalStateException.class, () -> reader.apply(later, "test"));
        assertThrows(IllegalStateException.class, () -> author.apply(
                reader.propose(update, PATHS_MAX, DecodeLimits.LIVE_PEER), "test"));
    }

    @Test
    void proposal_beyondItsOwnLimits_isRefusedThoughTheDocumentTakesMore()
            throws MalformedUpdateException {
        // Given
        byte[] update = author(transaction -> {
            data().set(transaction, "x", 1);
            data().set(transaction, "y", 1);
            data().set(transaction, "x", 2);
        });
        DecodeLimits narrow = new DecodeLimits(1 << 20, 2, 10, 10, 100, 10);

        // Then
        assertThrows(MalformedUpdateException.class,
                () -> reader.propose(update, PATHS_MAX, narrow));
        assertEquals(UpdateFit.NEW, reader.fitOf(update));
    }

    @Test
    void preview_neighbourInsideOfASurrogatePair_touchesTheTextItCuts()
            throws MalformedUpdateException {
        // Given: an entry that claims to stand left of the second half of an emoji elsewhere
        both(transaction -> {
            data().set(transaction, "x", 1);
            author.getText("t").insert(transaction, 0, "\uD83D\uDE00");
        });
        ByteWriter forged = new ByteWriter();
        for (int number : new int[] {1, 1, 9, 0, Item.HAS_ORIGIN | Item.HAS_RIGHT_ORIGIN
                | ContentAny.REF, 1, 0, 1, 2, 1, 126, 0}) {
            forged.writeByte(number);
        }
        VisibleState before = VisibleState.of(reader);

        // When
        UpdatePreview preview = preview(forged.toBytes());
        List<String> heard = new ArrayList<>();
        reader.observe(change -> heard.addAll(texts(change.paths())));
        reader.apply(forged.toBytes(), "test");

        // Then
        assertEquals(List.of("data/x", "t"), texts(preview.touched()));
        assertEquals(List.of("data/x", "t"), texts(before.differences(VisibleState.of(reader))));
        assertEquals(List.of("data/x", "t"), heard);
    }

    @Test
    void preview_editsThatAreNotConcurrent_foretellsExactlyWhatObserversHear()
            throws MalformedUpdateException {
        for (long seed = 1; seed <= 150; seed++) {
            // Given
            SeededNetwork network = new SeededNetwork(1, seed);
            Doc[] docs = {new Doc(11), new Doc(7)};
            List<Set<DocPath>> heard = new ArrayList<>();
            for (Doc doc : docs) {
                doc.observe(change -> heard.add(change.paths()));
            }
            Random random = new Random(seed);
            for (int step = 0; step < 60; step++) {
                // When
                int writer = random.nextInt(2);
                heard.clear();
                byte[] update = network.editAtRandom(docs[writer]);
                if (update.length == 0) {
                    continue;
                }
                byte[] before = docs[1 - writer].encodeStateAsUpdate();
                ProposedUpdate proposed =
                        docs[1 - writer].propose(update, PATHS_MAX, DecodeLimits.LIVE_PEER);
                UpdatePreview preview = proposed.preview();
                assertArrayEquals(before, docs[1 - writer].encodeStateAsUpdate());
                docs[1 - writer].apply(proposed, "test");

                // Then
                Set<DocPath> local = heard.isEmpty() ? Set.of() : heard.get(0);
                Set<DocPath> remote = heard.isEmpty() ? Set.of() : heard.get(1);
                assertEquals(local, remote, "seed " + seed);
                assertEquals(remote, preview.touched(), "seed " + seed);
                assertTrue(preview.isComplete());
            }
        }
    }

    @Test
    void preview_realHistoriesInAnyOrder_missesNothing() throws MalformedUpdateException {
        // Given
        int exact = 0;
        int complete = 0;
        for (var line : Vectors.lines("scenarios.jsonl")) {
            Scenario scenario = new Scenario(line);
            List<byte[]> updates = scenario.updates();
            if (updates.size() > 60) {
                continue;
            }
            for (List<Long> order : scenario.orders().values()) {
                Doc doc = scenario.newReader();
                Set<DocPath> heard = new HashSet<>();
                doc.observe(change -> heard.addAll(change.paths()));
                for (long index : order) {
                    // When
                    byte[] update = updates.get((int) index);
                    UpdatePreview preview = doc.previewOf(update, PATHS_MAX);
                    VisibleState before = VisibleState.of(doc);
                    heard.clear();
                    doc.apply(update, "test");

                    // Then
                    if (preview.isComplete()) {
                        complete++;
                        exact += preview.touched().equals(heard) ? 1 : 0;
                        checkNothingMissed(preview, heard, before, doc);
                    }
                }
            }
        }
        System.out.println("previews " + complete + ", exact " + exact);
        assertTrue(exact > complete / 2);
    }

    /** What makes an update that should not be trusted out of a real one. */
    private interface Hostility {
        byte[] of(List<byte[]> history, int applied, Doc doc) throws MalformedUpdateException;
    }

    @Test
    void preview_mutatedUpdates_missesNothing() throws MalformedUpdateException {
        long seed = 71_203;
        Random random = new Random(seed);
        int checked = checkHostile(random, 20_000, (history, applied, doc) ->
                HostileUpdates.mutated(random.nextInt(4) == 0
                        ? UpdateMerge.merge(history)
                        : history.get(random.nextInt(history.size())), random));
        System.out.println("mutated previews " + checked + ", seed " + seed);
        assertTrue(checked > 1_000);
    }

    @Test
    void preview_forgedUpdates_missesNothing() throws MalformedUpdateException {
        long seed = 90_117;
        Random random = new Random(seed);
        int checked = checkHostile(random, 30_000, (history, applied, doc) ->
                new ForgedUpdates(random, doc).of(UpdateMerge.merge(history.subList(
                        applied, applied + 1 + random.nextInt(history.size() - applied)))));
        System.out.println("forged previews " + checked + ", seed " + seed);
        assertTrue(checked > 20_000);
    }

    /** Gives how many updates were taken whole. */
    private static int checkHostile(Random random, int rounds, Hostility hostility)
            throws MalformedUpdateException {
        // Given
        List<Scenario> scenarios = Vectors.lines("scenarios.jsonl").stream().map(Scenario::new)
                .filter(scenario -> scenario.updates().size() > 2
                        && scenario.updates().size() < 40)
                .toList();
        int checked = 0;
        for (int round = 0; round < rounds; round++) {
            Scenario scenario = scenarios.get(random.nextInt(scenarios.size()));
            List<byte[]> history = scenario.updates();
            int applied = random.nextInt(history.size());
            Doc doc = scenario.newDoc(1L << 50);
            for (byte[] update : history.subList(0, applied)) {
                doc.apply(update, "test");
            }
            byte[] hostile = hostility.of(history, applied, doc);
            Set<DocPath> heard = new HashSet<>();
            doc.observe(change -> heard.addAll(change.paths()));
            VisibleState before = VisibleState.of(doc);

            // When
            try {
                UpdatePreview preview = doc.previewOf(hostile, PATHS_MAX);
                doc.apply(hostile, "test");

                // Then
                if (preview.isComplete()) {
                    checked++;
                    checkNothingMissed(preview, heard, before, doc);
                }
            } catch (MalformedUpdateException e) {
                assertEquals(Set.of(), heard);
            }
        }
        return checked;
    }

    private static void checkNothingMissed(
            UpdatePreview preview, Set<DocPath> heard, VisibleState before, Doc doc) {
        assertTrue(preview.touched().containsAll(heard),
                () -> "foretold " + preview.touched() + ", heard " + heard);
        for (DocPath path : before.differences(VisibleState.of(doc))) {
            assertTrue(VisibleState.isCovered(path, preview.touched()),
                    () -> path + " changed, foretold " + preview.touched());
        }
        if (preview.fit() == UpdateFit.KNOWN) {
            assertEquals(Set.of(), before.differences(VisibleState.of(doc)));
        }
    }
}
