package io.adaos.hub.projection.crdt;

import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;

import io.adaos.hub.projection.crdt.codec.MalformedUpdateException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;

/** Gives hostile updates to a document: what yjs refuses is refused, without a trace, in time. */
final class MalformedCheck {
    private static final Duration TIME_MAX = Duration.ofSeconds(5);

    private MalformedCheck() {}

    /** The lines of {@code malformed.jsonl} that a document does not stand. */
    static List<String> failures(List<Map<String, Object>> lines) {
        List<String> failures = new ArrayList<>();
        for (Map<String, Object> line : lines) {
            String name = (String) line.get("name");
            try {
                assertTimeoutPreemptively(TIME_MAX, () -> check(line));
            } catch (AssertionError | RuntimeException e) {
                failures.add("malformed " + name + ": " + e);
            }
        }
        return failures;
    }

    private static void check(Map<String, Object> line) throws MalformedUpdateException {
        byte[] update = line.get("update") == null
                ? HostileUpdates.named((String) line.get("name"))
                : Vectors.base64(line.get("update"));
        Doc doc = new Doc(7);
        doc.transact("test", transaction -> doc.getMap("m").set(transaction, "keep", 1));
        byte[] before = doc.encodeStateAsUpdate();
        try {
            doc.apply(update, "test");
        } catch (MalformedUpdateException e) {
            if (!Arrays.equals(before, doc.encodeStateAsUpdate())) {
                throw new AssertionError("refused, but not without a trace", e);
            }
            return;
        }
        if (((Map<?, ?>) line.get("yjs")).get("r").equals("throws")) {
            throw new AssertionError("yjs refuses it");
        }
        checkUsable(doc);
    }

    /** Whatever was taken can be read, written to, encoded and deleted. */
    private static void checkUsable(Doc doc) throws MalformedUpdateException {
        doc.toJson();
        doc.transact("test", transaction -> {
            YMap map = doc.getMap("m");
            map.keys().forEach(key -> map.remove(transaction, key));
        });
        Doc copy = new Doc(8);
        copy.apply(doc.encodeStateAsUpdate(), "test");
        if (!doc.stateVector().equals(copy.stateVector())) {
            throw new AssertionError("its copy knows something else");
        }
    }
}
