package io.adaos.hub.projection.rules;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertSame;

import io.adaos.hub.projection.rules.ModalRepair.Fix;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ModalRepairTest {

    @Test
    void recursiveIds_becomeOne_theOldestCopyStays_andReferencesFollow() {
        // Given
        Map<String, Object> modals = new LinkedHashMap<>();
        modals.put("plain", Map.of("title", "p"));
        modals.put("node:A:chat", Map.of("title", "right"));
        modals.put("node:A:node:B:chat", Map.of("title", "copy"));
        modals.put("node:A:node:B:node:C:voice", Map.of("title", "third"));
        modals.put("node:A:node:B:voice", Map.of("open", "node:A:node:B:chat"));
        Map<String, Object> document = document(modals, List.of("node:A:voice", "plain",
                "node:A:node:B:voice", "node:A:node:C:chat"));

        // When
        List<Fix> fixes = ModalRepair.plan(document);

        // Then
        List<String> at = List.of("ui", "application", "modals");
        assertEquals(List.of(
                new Fix.Remove(join(at, "node:A:node:B:chat")),
                new Fix.Remove(join(at, "node:A:node:B:node:C:voice")),
                new Fix.Put(join(at, "node:A:voice"), Map.of("open", "node:A:chat")),
                new Fix.Remove(join(at, "node:A:node:B:voice")),
                new Fix.Put(List.of("ui", "application", "registry", "modals"),
                        List.of("node:A:voice", "plain", "node:A:chat"))), fixes);
    }

    @Test
    void listOfEntries_losesTheCopies_byTheirId() {
        // Given
        List<Object> apps = List.of(
                Map.of("id", "node:A:node:B:m", "n", 1), Map.of("id", "node:A:m", "n", 2),
                Map.of("id", "x", "n", 3));

        // When
        Object repaired = ModalRepair.repaired(apps);

        // Then
        assertEquals(List.of(Map.of("id", "node:A:m", "n", 2), Map.of("id", "x", "n", 3)),
                repaired);
    }

    @Test
    void healthyDocument_needsNothing_andIsNotCopied() {
        // Given
        Map<String, Object> document = document(
                Map.of("node:A:chat", Map.of("open", "node:A:chat"), "m", true),
                List.of("node:A:chat", "node:A:chat", "text node:A:node:B:x"));

        // When
        List<Fix> fixes = ModalRepair.plan(document);

        // Then
        assertEquals(List.of(), fixes);
        assertSame(document, ModalRepair.repaired(document));
    }

    @Test
    void singleText_isPut() {
        // Given
        Map<String, Object> document = Map.of("ui", Map.of("open", "node:A:node:B:m"));

        // When
        List<Fix> fixes = ModalRepair.plan(document);

        // Then
        assertEquals(List.of(new Fix.Put(List.of("ui", "open"), "node:A:m")), fixes);
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4, 5, 20261121})
    void plan_carriedOut_leavesNothingToDo_andRepairingAgreesWithIt(long seed) {
        // Given
        Random random = new Random(seed);
        Map<String, Object> document = Map.of("ui", randomMap(random, 0));

        // When
        List<Fix> fixes = ModalRepair.plan(document);

        // Then
        Map<String, Object> after = applied(document, fixes);
        assertEquals(List.of(), ModalRepair.plan(after), "seed " + seed);
        assertEquals(ModalRepair.repaired(document), after, "seed " + seed);
    }

    private static Map<String, Object> randomMap(Random random, int depth) {
        Map<String, Object> map = new LinkedHashMap<>();
        for (int i = random.nextInt(6); i >= 0; i--) {
            map.put(randomId(random), randomValue(random, depth + 1));
        }
        return map;
    }

    private static Object randomValue(Random random, int depth) {
        if (depth < 5 && random.nextInt(3) == 0) {
            return randomMap(random, depth);
        }
        if (depth < 5 && random.nextInt(3) == 0) {
            List<Object> list = new ArrayList<>();
            for (int i = random.nextInt(5); i > 0; i--) {
                list.add(randomValue(random, depth + 1));
            }
            return list;
        }
        return random.nextBoolean() ? randomId(random) : (Object) random.nextInt(3);
    }

    private static String randomId(Random random) {
        StringBuilder id = new StringBuilder();
        for (int i = random.nextInt(4); i > 0; i--) {
            id.append("node:").append((char) ('A' + random.nextInt(2))).append(':');
        }
        return id.append((char) ('k' + random.nextInt(4))).toString();
    }

    private static Map<String, Object> applied(Map<String, Object> document, List<Fix> fixes) {
        Map<String, Object> after = copy(document);
        for (Fix fix : fixes) {
            Map<String, Object> parent = after;
            for (String name : fix.path().subList(0, fix.path().size() - 1)) {
                parent = cast(parent.get(name));
            }
            String last = fix.path().get(fix.path().size() - 1);
            if (fix instanceof Fix.Put put) {
                parent.put(last, put.value());
            } else {
                parent.remove(last);
            }
        }
        return after;
    }

    private static Map<String, Object> copy(Map<?, ?> map) {
        Map<String, Object> copy = new LinkedHashMap<>();
        map.forEach((key, value) ->
                copy.put((String) key, value instanceof Map<?, ?> nested ? copy(nested) : value));
        return copy;
    }

    @SuppressWarnings("unchecked")
    private static Map<String, Object> cast(Object value) {
        return (Map<String, Object>) value;
    }

    private static Map<String, Object> document(Map<String, Object> modals, List<Object> listed) {
        Map<String, Object> application = new LinkedHashMap<>();
        application.put("modals", modals);
        application.put("registry", Map.of("modals", listed));
        return Map.of("ui", Map.of("application", application));
    }

    private static List<String> join(List<String> path, String name) {
        List<String> joined = new ArrayList<>(path);
        joined.add(name);
        return joined;
    }
}
