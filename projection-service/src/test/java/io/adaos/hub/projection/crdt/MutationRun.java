package io.adaos.hub.projection.crdt;

import com.sun.management.ThreadMXBean;
import io.adaos.hub.projection.crdt.codec.MalformedUpdateException;
import java.lang.management.ManagementFactory;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Random;

/** Updates of real histories, broken at random, applied to documents that hold a part of them. */
final class MutationRun {
    private static final long READER_ID = 1L << 50;
    private static final int ROUNDS_PER_DOCUMENT = 40;

    /** Bytes an apply may take, for each byte it reads or that the document is long, and once. */
    private static final long BYTES_PER_BYTE = 60;
    private static final long BYTES_ONCE = 16 << 10;
    private static final int TRIES = 3;
    private static final long NANOS_MAX = 2_000_000_000L;

    private static final ThreadMXBean THREADS =
            (ThreadMXBean) ManagementFactory.getThreadMXBean();

    /** The beginning of a history. */
    record Prefix(Scenario scenario, List<byte[]> updates) {
        Doc document() throws MalformedUpdateException {
            Doc doc = scenario.newDoc(READER_ID);
            for (byte[] update : updates) {
                doc.apply(update, "test");
            }
            return doc;
        }
    }

    /** One mutated update, and the document that took it or not. */
    record Sample(Prefix prefix, byte[] update, boolean taken, Doc doc) {
        /** What to ask yjs. */
        Map<String, Object> question() {
            Base64.Encoder base64 = Base64.getEncoder();
            return Map.of("do", "judge", "roots", prefix.scenario().roots(),
                    "history", prefix.updates().stream().map(base64::encodeToString).toList(),
                    "update", base64.encodeToString(update));
        }
    }

    private final Random random;
    private final List<Scenario> scenarios;
    private final int sampleEvery;
    private final List<Sample> samples = new ArrayList<>();
    private int rounds;
    private int refused;
    private int contradictions;
    private double bytesPerByteMost;
    private long nanosMost;
    private long allocated;     // by the latest apply

    /** Keeps every so many-th mutation for yjs. */
    MutationRun(long seed, int sampleEvery) {
        this.random = new Random(seed);
        this.sampleEvery = sampleEvery;
        this.scenarios = Vectors.lines("scenarios.jsonl").stream().map(Scenario::new)
                .filter(scenario -> scenario.updates().size() > 2
                        && scenario.updates().size() < 40)
                .toList();
    }

    /** What is to be shown to yjs since it was asked last. */
    List<Sample> takeSamples() {
        List<Sample> taken = List.copyOf(samples);
        samples.clear();
        return taken;
    }

    int refused() {
        return refused;
    }

    @Override
    public String toString() {
        return String.format("mutations %d, refused %d, out of order %d, at most %.0f bytes "
                + "allocated per byte above %d KiB, slowest apply %.1f ms", rounds, refused,
                contradictions, bytesPerByteMost, BYTES_ONCE >> 10, nanosMost / 1e6);
    }

    /** Goes on until so many were tried in all. */
    void runTo(int count) throws MalformedUpdateException {
        while (rounds < count) {
            Scenario scenario = scenarios.get(random.nextInt(scenarios.size()));
            List<byte[]> updates = new ArrayList<>(scenario.updates());
            Prefix prefix = new Prefix(scenario,
                    List.copyOf(updates.subList(0, random.nextInt(updates.size()))));
            updates.add(UpdateMerge.merge(updates));
            Doc doc = prefix.document();
            for (int i = 0; i < ROUNDS_PER_DOCUMENT && rounds < count; i++) {
                byte[] update = HostileUpdates.mutated(updates.get(random.nextInt(updates.size())),
                        updates.get(random.nextInt(updates.size())), random);
                boolean taken = tryOut(prefix, doc, update);
                if (++rounds % sampleEvery == 0) {
                    samples.add(new Sample(prefix, update, taken, doc));
                    doc = prefix.document();
                } else if (taken) {
                    doc = prefix.document();
                }
            }
        }
    }

    /** Applies an update and checks that it was taken as a whole or left no trace. */
    private boolean tryOut(Prefix prefix, Doc doc, byte[] update)
            throws MalformedUpdateException {
        byte[] before = doc.encodeStateAsUpdate();
        Object shown = shownBy(doc);
        long started = System.nanoTime();
        boolean taken = isTaken(doc, update);
        nanosMost = Math.max(nanosMost, System.nanoTime() - started);
        checkCost(prefix, update, before.length);
        if (taken) {
            checkWhole(prefix, doc, update);
            return true;
        }
        refused++;
        if (!Arrays.equals(before, doc.encodeStateAsUpdate())
                || !shown.equals(shownBy(doc))) {
            throw failure("refused, yet the document changed", update);
        }
        return false;
    }

    private static Object shownBy(Doc doc) {
        return List.of(Portable.of(doc.toJson()), doc.stateVector(), doc.hasPending());
    }

    private boolean isTaken(Doc doc, byte[] update) {
        long before = THREADS.getCurrentThreadAllocatedBytes();
        try {
            doc.apply(update, "test");
            return true;
        } catch (MalformedUpdateException e) {
            return false;
        } catch (RuntimeException | StackOverflowError | OutOfMemoryError e) {
            throw failure(e.toString(), update);
        } finally {
            allocated = THREADS.getCurrentThreadAllocatedBytes() - before;
        }
    }

    /** What is above the limit must be so each time: the first time classes are loaded. */
    private void checkCost(Prefix prefix, byte[] update, int documentBytes)
            throws MalformedUpdateException {
        long size = update.length + documentBytes;
        for (int i = 0; i < TRIES && allocated > BYTES_ONCE + BYTES_PER_BYTE * size; i++) {
            isTaken(prefix.document(), update);
        }
        bytesPerByteMost = Math.max(bytesPerByteMost, (allocated - BYTES_ONCE) / (double) size);
        if (allocated > BYTES_ONCE + BYTES_PER_BYTE * size) {
            throw failure(allocated + " bytes allocated", update);
        }
        if (nanosMost > NANOS_MAX) {
            throw failure("took " + nanosMost + " ns", update);
        }
    }

    /**
     * What was taken can be encoded and read again; what waits may still contradict itself. Where
     * another document is read, yjs is asked whether it has the same two.
     */
    private void checkWhole(Prefix prefix, Doc doc, byte[] update)
            throws MalformedUpdateException {
        byte[] state = doc.encodeStateAsUpdate();
        Doc copy = prefix.scenario().newDoc(READER_ID + 1);
        copy.apply(state, "test");
        if (doc.hasPending()) {
            return;
        }
        boolean same = doc.stateVector().equals(copy.stateVector())
                && !copy.hasPending()
                && (contradictsItself(doc) || shownBy(doc).equals(shownBy(copy)));
        if (!same) {
            samples.add(new Sample(prefix, update, true, doc));
        }
    }

    /**
     * Whether an item says that it stands between two others that are in the wrong order, or in
     * two lists: where it is put then depends on what else is there, here and in yjs.
     */
    private boolean contradictsItself(Doc doc) {
        for (long id : doc.stateVector().entries().keySet()) {
            ClientStructs client = doc.store.known(id);
            for (int i = client.positionOf(0); i != ClientStructs.NONE; i = client.next(i)) {
                if (client.at(i) instanceof Item item && !isBetween(item)) {
                    contradictions++;
                    return true;
                }
            }
        }
        return false;
    }

    private static boolean isBetween(Item item) {
        if (item.originClient() == null || item.rightOriginClient() == null
                || !(item.originClient().find(item.originClock()) instanceof Item left)
                || !(item.rightOriginClient().find(item.rightOriginClock())
                        instanceof Item right)) {
            return true;
        }
        Item at = left;
        while (at != null && at != item) {
            at = at.right;
        }
        while (at != null && at != right) {
            at = at.right;
        }
        return at != null;
    }

    private static AssertionError failure(String what, byte[] update) {
        return new AssertionError(what + ": " + Base64.getEncoder().encodeToString(update));
    }
}
