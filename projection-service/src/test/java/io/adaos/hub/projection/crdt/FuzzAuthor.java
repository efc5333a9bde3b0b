package io.adaos.hub.projection.crdt;

import io.adaos.hub.projection.crdt.codec.MalformedUpdateException;
import io.adaos.hub.projection.crdt.id.StateVector;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Base64;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Random;

/** Runs a script with documents of ours, and lets yjs read all that came of it. */
@SuppressWarnings("unchecked")
final class FuzzAuthor {
    private final FuzzScript script;
    private final List<Doc> docs = new ArrayList<>();
    private final List<List<StateVector>> vectors = new ArrayList<>();
    private final List<byte[]> payloads = new ArrayList<>();
    private final List<Integer> shared = new ArrayList<>();
    private final List<Object> log = new ArrayList<>();

    /** Runs the script. */
    FuzzAuthor(FuzzScript script) {
        this.script = script;
        for (long id : script.clients()) {
            docs.add(FuzzView.newDoc(id));
            vectors.add(new ArrayList<>());
        }
        try {
            for (int i = 0; i < script.steps().size(); i++) {
                run(i, script.steps().get(i));
            }
            deliverEverything();
        } catch (MalformedUpdateException e) {
            throw new AssertionError("our own update is refused", e);
        }
    }

    private void run(int index, Map<String, Object> step) throws MalformedUpdateException {
        int client = (int) ((Long) step.get("client") % docs.size());
        int pick = step.containsKey("pick") ? ((Long) step.get("pick")).intValue() : 0;
        switch ((String) step.get("do")) {
            case "edit" -> edit(client, index, step);
            case "reload" -> reload(client, (Long) step.get("id"));
            case "sync" -> {
                int from = (int) ((Long) step.get("from") % docs.size());
                receive(client, keep(docs.get(from).encodeStateAsUpdate(someVector(client, pick))));
            }
            case "receive" -> {
                if (!shared.isEmpty()) {
                    receive(client, shared.get(pick % shared.size()));
                }
            }
            case "merge" -> {
                if (!shared.isEmpty()) {
                    receive(client, merge(client, pick, (List<Long>) step.get("picks")));
                }
            }
            default -> throw new AssertionError("unknown step " + step);
        }
    }

    private int keep(byte[] payload) {
        payloads.add(payload);
        return payloads.size() - 1;
    }

    private void edit(int client, int index, Map<String, Object> step) {
        byte[] update = FuzzEditor.edit(docs.get(client), step);
        vectors.get(client).add(docs.get(client).stateVector());
        int payload = -1;
        if (update.length > 0) {
            payload = keep(update);
            shared.add(payload);
        }
        log.add(List.of("edit", client, index, payload));
    }

    private void receive(int client, int payload) throws MalformedUpdateException {
        docs.get(client).apply(payloads.get(payload), "network");
        vectors.get(client).add(docs.get(client).stateVector());
        log.add(List.of("receive", client, payload));
    }

    private void reload(int client, long id) throws MalformedUpdateException {
        int payload = keep(docs.get(client).encodeStateAsUpdate());
        docs.set(client, FuzzView.newDoc(id));
        log.add(List.of("reload", client, id));
        receive(client, payload);
    }

    private StateVector someVector(int client, int pick) {
        List<StateVector> known = vectors.get(client);
        if (pick % 4 == 0 || known.isEmpty()) {
            return docs.get(client).stateVector();
        }
        return pick % 4 == 1 ? StateVector.EMPTY : known.get(pick % known.size());
    }

    private int merge(int client, int pick, List<Long> picks) throws MalformedUpdateException {
        List<byte[]> parts = new ArrayList<>();
        for (long each : picks) {
            parts.add(payloads.get(pick % 3 == 0 ? (int) (each % payloads.size())
                    : shared.get((int) (each % shared.size()))));
        }
        byte[] merged = UpdateMerge.merge(parts);
        return keep(pick % 2 == 0
                ? UpdateDiff.diff(merged, someVector(client, pick >> 1)) : merged);
    }

    private void deliverEverything() throws MalformedUpdateException {
        Random random = new Random(script.seed());
        for (int client = 0; client < docs.size(); client++) {
            List<Integer> order = new ArrayList<>(shared);
            Collections.shuffle(order, random);
            for (int payload : order) {
                receive(client, payload);
            }
        }
    }

    /** What to ask yjs. */
    Map<String, Object> question() {
        return Map.of("do", "follow", "clients", script.clients(), "log", log,
                "payloads", payloads.stream().map(Base64.getEncoder()::encodeToString).toList());
    }

    /** Takes the clean-ups of yjs over and compares what everybody has then. */
    void check(Map<String, Object> answer, FuzzCounts counts) {
        if (answer.containsKey("error")) {
            throw new AssertionError("yjs: " + answer.get("error"));
        }
        List<Object> cleanups = (List<Object>) answer.get("cleanups");
        List<Map<String, Object>> finals = (List<Map<String, Object>>) answer.get("finals");
        try {
            for (int client = 0; client < docs.size(); client++) {
                for (Object cleanup : cleanups) {
                    docs.get(client).apply(Vectors.base64(cleanup), "clean-up");
                    counts.cleanups++;
                }
                checkFinal(docs.get(client), finals.get(0), finals.get(client));
            }
        } catch (MalformedUpdateException e) {
            throw new AssertionError("an update of yjs is refused", e);
        }
        counts.applied += log.size();
        counts.history(script, log.size());
    }

    private static void checkFinal(Doc doc, Map<String, Object> first, Map<String, Object> own)
            throws MalformedUpdateException {
        FuzzFollower.expectEqual("pending", own.get("pending"), doc.hasPending());
        for (String part : List.of("vector", "view", "xml", "state")) {
            Object theirs = "=".equals(own.get(part)) ? first.get(part) : own.get(part);
            switch (part) {
                case "vector" -> FuzzFollower.expectEqual(part, theirs,
                        Base64.getEncoder().encodeToString(doc.stateVector().encode()));
                case "view" -> FuzzFollower.expectEqual(part, theirs, FuzzView.of(doc));
                case "xml" -> FuzzFollower.expectEqual(part, theirs,
                        doc.getXmlFragment("x").toString());
                default -> {
                    byte[] before = doc.encodeStateAsUpdate();
                    byte[] told = doc.apply(Vectors.base64(theirs), "test");
                    if (told.length > 0 || !Arrays.equals(before, doc.encodeStateAsUpdate())) {
                        throw new AssertionError("yjs has what we have not: " + theirs);
                    }
                }
            }
        }
    }
}
