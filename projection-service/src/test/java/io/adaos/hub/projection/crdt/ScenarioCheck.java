package io.adaos.hub.projection.crdt;

import io.adaos.hub.projection.crdt.codec.MalformedUpdateException;
import io.adaos.hub.projection.crdt.id.StateVector;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Holds a scenario against this implementation and counts what was compared. */
final class ScenarioCheck {
    private final Map<String, Integer> passed = new LinkedHashMap<>();
    private final List<String> failures = new ArrayList<>();
    private Scenario scenario;
    private String where;

    /** Comparison to how often it held. */
    Map<String, Integer> passed() {
        return passed;
    }

    List<String> failures() {
        return failures;
    }

    /** Checks a scenario and gives the number of its orders; what is wrong is a failure. */
    int run(Scenario next) {
        scenario = next;
        where = "as a whole";
        try {
            scenario.orders().forEach(this::checkOrder);
            where = "bytes";
            checkBytes();
            for (Map<String, Object> peer : scenario.peers()) {
                where = "peer with " + peer.get("have");
                checkPeer(peer);
            }
            where = "replay";
            checkReplay();
        } catch (MalformedUpdateException | RuntimeException | AssertionError e) {
            failures.add(scenario.name() + " " + where + ": " + e);
        }
        return next.orders() == null ? 0 : next.orders().size();
    }

    private void checkOrder(String order, List<Long> indices) {
        where = "order " + order;
        List<byte[]> updates = scenario.updates();
        try {
            Doc doc = scenario.readerOf(
                    indices.stream().map(index -> updates.get(index.intValue())).toList());
            checkContent("1", doc);
            byte[] state = doc.encodeStateAsUpdate();
            checkContent("2 own state", scenario.readerOf(List.of(state)));
            Map<?, ?> shas = (Map<?, ?>) scenario.expected().get("stateSha");
            expect("4 state bytes", shas.get(order), Vectors.sha(state));
        } catch (MalformedUpdateException e) {
            failures.add(scenario.name() + " " + where + ": " + e);
        }
    }

    private void checkContent(String check, Doc doc) {
        Map<String, Object> expected = scenario.expected();
        expect(check + " json", expected.get("json"), scenario.contentOf(doc));
        Map<String, Object> vector = new LinkedHashMap<>();
        doc.stateVector().entries().forEach((client, clock) ->
                vector.put(Long.toString(client), clock));
        expect(check + " sv", expected.get("sv"), vector);
        expect(check + " sv bytes", true, Arrays.equals(
                Vectors.base64(expected.get("svBytes")), doc.stateVector().encode()));
        expect(check + " nothing pending", false, doc.hasPending());
        if (expected.get("delta") instanceof Map<?, ?> deltas) {
            deltas.forEach((path, delta) ->
                    expect(check + " delta", delta, scenario.deltaOf(doc, (String) path)));
        }
    }

    private void checkBytes() throws MalformedUpdateException {
        Map<String, Object> expected = scenario.expected();
        byte[] state = Vectors.base64(expected.get("state"));
        checkContent("2 state", scenario.readerOf(List.of(state)));
        byte[] merged = UpdateMerge.merge(scenario.updates());
        checkContent("5 own merge", scenario.readerOf(List.of(merged)));
        if (expected.get("merged") != null) {
            byte[] theirs = Vectors.base64(expected.get("merged"));
            checkContent("2 merged", scenario.readerOf(List.of(theirs)));
            count("5 merge bytes equal (not required)", Arrays.equals(theirs, merged));
            expect("5 sv of merged", true, Arrays.equals(
                    Vectors.base64(expected.get("mergedSv")),
                    DocUpdate.stateVector(theirs).encode()));
        }
    }

    private void checkPeer(Map<String, Object> peer) throws MalformedUpdateException {
        List<byte[]> updates = scenario.updates();
        List<byte[]> known = updates.subList(0, ((Long) peer.get("have")).intValue());
        StateVector vector = StateVector.decode(Vectors.base64(peer.get("sv")));
        Doc full = scenario.readerOf(updates);
        byte[] diff = Vectors.base64(peer.get("diff"));

        expect("sv of peer", vector, scenario.readerOf(known).stateVector());
        expect("4 diff bytes", true, Arrays.equals(diff, full.encodeStateAsUpdate(vector)));
        checkContent("2 diff", peerWith(known, diff));
        byte[] merged = UpdateMerge.merge(updates);
        checkContent("5 own diff of merge", peerWith(known, UpdateDiff.diff(merged, vector)));
        if (peer.get("diffUpdate") != null) {
            byte[] theirs = Vectors.base64(peer.get("diffUpdate"));
            checkContent("2 diffUpdate", peerWith(known, theirs));
            byte[] theirMerged = Vectors.base64(scenario.expected().get("merged"));
            expect("5 diff bytes", true,
                    Arrays.equals(theirs, UpdateDiff.diff(theirMerged, vector)));
        }
    }

    private Doc peerWith(List<byte[]> known, byte[] diff) throws MalformedUpdateException {
        Doc doc = scenario.readerOf(known);
        doc.apply(diff, "test");
        return doc;
    }

    private void checkReplay() throws MalformedUpdateException {
        if (scenario.events().stream().noneMatch(event -> event.get(0).equals("op"))) {
            count("3 nothing authored, a hand-written update", true);
            return;
        }
        ScenarioReplay replay = new ScenarioReplay(scenario);
        Optional<String> difference = Optional.empty();
        Iterator<List<Object>> events = scenario.events().iterator();
        while (events.hasNext() && difference.isEmpty()) {
            difference = replay.run(events.next());
        }
        expect("3 replay", Optional.empty(), difference);
    }

    private void count(String check, boolean holds) {
        if (holds) {
            passed.merge(check, 1, Integer::sum);
        }
    }

    private void expect(String check, Object expected, Object actual) {
        boolean same = expected == null ? actual == null : expected.equals(actual);
        count(check, same);
        if (!same) {
            failures.add(scenario.name() + " " + where + ", " + check + ": expected " + expected
                    + ", got " + actual);
        }
    }
}
