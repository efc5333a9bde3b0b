package io.adaos.hub.projection.crdt;

import io.adaos.hub.projection.crdt.codec.MalformedUpdateException;
import io.adaos.hub.projection.crdt.id.StateVector;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Base64;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Goes through a history that yjs wrote, and compares everything on the way. */
@SuppressWarnings("unchecked")
final class FuzzFollower {
    private static final long READER_ID = 1;

    private final FuzzScript script;
    private final List<List<Object>> log;
    private final List<byte[]> payloads = new ArrayList<>();
    private final List<Map<String, Object>> finals;
    private final List<Doc> docs = new ArrayList<>();
    private final FuzzCounts counts;
    private List<Object> entry = List.of();

    private FuzzFollower(FuzzScript script, Map<String, Object> answer, FuzzCounts counts) {
        this.script = script;
        this.counts = counts;
        this.log = (List<List<Object>>) answer.get("log");
        ((List<Object>) answer.get("payloads")).forEach(payload ->
                payloads.add(Vectors.base64(payload)));
        this.finals = (List<Map<String, Object>>) answer.get("finals");
        List<Long> ids = new ArrayList<>(script.clients());
        ids.add(READER_ID);
        for (long id : ids.subList(0, finals.size())) {
            docs.add(FuzzView.newDoc(isTwin() ? id : foreign(docs.size())));
        }
    }

    /** Compares; throws an {@link AssertionError} that says what differs. */
    static void check(FuzzScript script, Map<String, Object> answer, FuzzCounts counts) {
        if (answer.containsKey("error")) {
            throw new AssertionError("yjs: " + answer.get("error"));
        }
        FuzzFollower follower = new FuzzFollower(script, answer, counts);
        try {
            follower.run();
        } catch (MalformedUpdateException | RuntimeException | AssertionError e) {
            throw new AssertionError(e + " at " + follower.entry, e);
        }
    }

    private boolean isTwin() {
        return script.mode() == FuzzScript.Mode.TWIN;
    }

    /** An id that no author has, as a document refuses foreign structs of its own. */
    private static long foreign(int client) {
        return (1L << 53) - 2_000_000 - client;
    }

    private void run() throws MalformedUpdateException {
        for (List<Object> next : log) {
            entry = next;
            switch ((String) next.get(0)) {
                case "edit" -> edit(next);
                case "receive" -> receive(next);
                case "state" -> state(next);
                case "merge" -> merge(next);
                case "diff" -> expectBytes("diff", payload(next, 3),
                        UpdateDiff.diff(payload(next, 1), vector(next.get(2))));
                case "reload" -> docs.set(index(next, 1), FuzzView.newDoc(
                        isTwin() ? (Long) next.get(2) : foreign(index(next, 1))));
                default -> throw new AssertionError("unknown entry");
            }
        }
        for (int client = 0; client < docs.size(); client++) {
            entry = List.of("final", client);
            checkFinal(client, finals.get(client));
        }
        counts.history(script, log.size());
    }

    private static int index(List<Object> entry, int at) {
        return ((Long) entry.get(at)).intValue();
    }

    private Doc doc(Object client) {
        return docs.get(((Long) client).intValue());
    }

    private byte[] payload(List<Object> entry, int at) {
        return payloads.get(index(entry, at));
    }

    private static StateVector vector(Object base64) throws MalformedUpdateException {
        return StateVector.decode(Vectors.base64(base64));
    }

    private void state(List<Object> entry) throws MalformedUpdateException {
        Doc doc = doc(entry.get(1));
        byte[] own = doc.encodeStateAsUpdate(vector(entry.get(2)));
        byte[] read = entry.get(4).equals("=")
                ? payload(entry, 3) : Vectors.base64(entry.get(4));
        if (doc.hasPending()) {
            compareMerged(read, own);
        } else {
            expectBytes("state", read, own);
        }
    }

    private void edit(List<Object> entry) throws MalformedUpdateException {
        Doc doc = doc(entry.get(1));
        int payload = index(entry, 3);
        byte[] expected = payload < 0 ? new byte[0] : payloads.get(payload);
        if (!isTwin()) {
            if (payload >= 0) {
                doc.apply(expected, "edit");
            }
        } else {
            byte[] own = FuzzEditor.edit(doc, script.steps().get(index(entry, 2)));
            expectBytes("authored update", expected, own);
            counts.authored++;
        }
        cleanUp(doc, (List<Object>) entry.get(4));
    }

    private void receive(List<Object> entry) throws MalformedUpdateException {
        Doc doc = doc(entry.get(1));
        byte[] payload = payload(entry, 2);
        byte[] told = doc.apply(payload, "network");
        counts.applied++;
        if (isTwin()) {
            String expected = (String) entry.get(4);
            expectBytes("update told of", expected.equals("=") ? payload
                    : Vectors.base64(expected), told);
        }
        cleanUp(doc, (List<Object>) entry.get(3));
    }

    private void cleanUp(Doc doc, List<Object> cleanups) throws MalformedUpdateException {
        for (Object cleanup : cleanups) {
            doc.apply(payloads.get(((Long) cleanup).intValue()), "clean-up");
            counts.cleanups++;
        }
    }

    /**
     * Of a unit that one update holds as an item and another as a remainder, yjs takes what its
     * sort happens to put first: ours may be what yjs makes of it by the order of the updates.
     */
    private void merge(List<Object> entry) throws MalformedUpdateException {
        byte[] ours = UpdateMerge.merge(((List<Object>) entry.get(1)).stream()
                .map(index -> payloads.get(((Long) index).intValue())).toList());
        try {
            compareMerged(payload(entry, 2), ours);
        } catch (AssertionError e) {
            if (entry.get(3).equals("=")) {
                throw e;
            }
            compareMerged(Vectors.base64(entry.get(3)), ours);
            counts.ordered++;
        }
    }

    /** Where merged updates are cut is an accident of yjs: the content must be the same. */
    private void compareMerged(byte[] theirs, byte[] ours) throws MalformedUpdateException {
        boolean equal = Arrays.equals(theirs, ours);
        if (!equal) {
            Doc a = FuzzView.newDoc(foreign(0));
            Doc b = FuzzView.newDoc(foreign(1));
            a.apply(theirs, "test");
            b.apply(ours, "test");
            expectEqual("merged content", contentOf(a), contentOf(b));
            expectEqual("merged vector", DocUpdate.stateVector(theirs),
                    DocUpdate.stateVector(ours));
        }
        counts.merged(equal);
    }

    private static Map<String, Object> contentOf(Doc doc) {
        Map<String, Object> content = new HashMap<>(FuzzView.of(doc));
        content.put("vector", doc.stateVector());
        content.put("pending", doc.hasPending());
        content.put("deletes", UpdateWriter.deletesOf(doc.store));
        return content;
    }

    private Object finalOf(Map<String, Object> own, String part) {
        Object value = own.get(part);
        return "=".equals(value) ? finals.get(0).get(part) : value;
    }

    private void checkFinal(int client, Map<String, Object> theirs)
            throws MalformedUpdateException {
        Doc doc = docs.get(client);
        expectEqual("pending", theirs.get("pending"), doc.hasPending());
        expectBytes("state vector", Vectors.base64(finalOf(theirs, "vector")),
                doc.stateVector().encode());
        expectEqual("view", finalOf(theirs, "view"), FuzzView.of(doc));
        expectEqual("xml", finalOf(theirs, "xml"), doc.getXmlFragment("x").toString());
        byte[] state = Vectors.base64(finalOf(theirs, "state"));
        byte[] own = doc.encodeStateAsUpdate();
        expectBytes("encoded state", state, own);
        Doc copy = FuzzView.newDoc(foreign(docs.size()));
        copy.apply(own, "test");
        expectEqual("copy", contentOf(doc), contentOf(copy));
    }

    private static void expectBytes(String what, byte[] theirs, byte[] ours) {
        if (!Arrays.equals(theirs, ours)) {
            throw new AssertionError(what + ": yjs " + Base64.getEncoder().encodeToString(theirs)
                    + ", ours " + Base64.getEncoder().encodeToString(ours));
        }
    }

    static void expectEqual(String what, Object theirs, Object ours) {
        if (!theirs.equals(ours)) {
            throw new AssertionError(what + ": yjs " + theirs + ", ours " + ours);
        }
    }
}
