package io.adaos.hub.projection.crdt;

import io.adaos.hub.projection.crdt.codec.MalformedUpdateException;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Repeats what the authors of a scenario did, each in a document of its own. */
@SuppressWarnings("unchecked")
final class ScenarioReplay {
    private static final Set<String> OPERATIONS =
            Set.of("mset", "mdel", "mclear", "ains", "apush", "adel", "tins", "tdel");
    private static final Set<String> TYPES = Set.of("Map", "Array", "Text");

    private final Scenario scenario;
    private final List<byte[]> updates;
    private final Map<Long, Doc> docs = new HashMap<>();

    ScenarioReplay(Scenario scenario) {
        this.scenario = scenario;
        this.updates = scenario.updates();
        scenario.clients().forEach(client -> docs.put(client, scenario.newDoc(client)));
    }

    /** Whether only maps, arrays and plain text are edited. */
    static boolean canReplay(Scenario scenario) {
        boolean edits = false;
        for (List<Object> event : scenario.events()) {
            if (!event.get(0).equals("op")) {
                continue;
            }
            edits = true;
            for (Object op : (List<Object>) event.get(2)) {
                Map<String, Object> step = (Map<String, Object>) op;
                String root = (String) ((List<Object>) step.get("p")).get(0);
                if (!OPERATIONS.contains(step.get("o")) || step.containsKey("a")
                        || scenario.roots().get(root).equals("xml") || !isKnown(step.get("v"))) {
                    return false;
                }
            }
        }
        return edits;
    }

    private static boolean isKnown(Object value) {
        if (value instanceof List<?> list) {
            return list.stream().allMatch(ScenarioReplay::isKnown);
        }
        if (value instanceof Map<?, ?> map) {
            return (!map.containsKey("$type") || TYPES.contains(map.get("$type")))
                    && map.values().stream().allMatch(ScenarioReplay::isKnown);
        }
        return true;
    }

    /** Repeats one event; true when it gave exactly the bytes yjs gave. */
    boolean run(List<Object> event) throws MalformedUpdateException {
        Doc doc = docs.get((Long) event.get(1));
        if (event.get(0).equals("rx")) {
            doc.apply(updates.get(((Long) event.get(2)).intValue()), "test");
            for (Object cleanup : event.size() > 3 ? (List<Object>) event.get(3) : List.of()) {
                doc.apply(updates.get(((Long) cleanup).intValue()), "test");
            }
            return true;
        }
        int index = ((Long) event.get(3)).intValue();
        byte[] expected = index < 0 ? new byte[0] : updates.get(index);
        byte[] update = doc.transact("test", transaction -> {
            for (Object op : (List<Object>) event.get(2)) {
                carryOut(transaction, doc, (Map<String, Object>) op);
            }
        });
        return Arrays.equals(expected, update);
    }

    private void carryOut(Transaction transaction, Doc doc, Map<String, Object> op) {
        List<Object> path = (List<Object>) op.get("p");
        String root = (String) path.get(0);
        Object target = Scenario.rootOf(doc, root, scenario.roots().get(root));
        for (Object step : path.subList(1, path.size())) {
            target = Scenario.child(target, step);
        }
        String kind = (String) op.get("o");
        int index = op.containsKey("i") ? ((Long) op.get("i")).intValue() : 0;
        int count = op.containsKey("n") ? ((Long) op.get("n")).intValue() : 0;
        switch (kind) {
            case "mset" -> set(transaction, (YMap) target, (String) op.get("k"), op.get("v"));
            case "mdel" -> ((YMap) target).remove(transaction, (String) op.get("k"));
            case "mclear" -> {
                YMap map = (YMap) target;
                map.keys().forEach(key -> map.remove(transaction, key));
            }
            case "ains" -> insert(transaction, (YArray) target, index, (List<Object>) op.get("v"));
            case "apush" -> push(transaction, (YArray) target, (List<Object>) op.get("v"));
            case "adel" -> ((YArray) target).remove(transaction, index, count);
            case "tins" -> ((YText) target).insert(transaction, index, (String) op.get("s"));
            case "tdel" -> ((YText) target).delete(transaction, index, count);
            default -> throw new AssertionError("unknown operation " + kind);
        }
    }

    private static boolean isType(Object value) {
        return value instanceof Map<?, ?> map && map.containsKey("$type");
    }

    private static void set(Transaction transaction, YMap map, String key, Object value) {
        if (!isType(value)) {
            map.set(transaction, key, Portable.toValue(value));
            return;
        }
        Map<String, Object> type = (Map<String, Object>) value;
        SharedType nested = switch ((String) type.get("$type")) {
            case "Map" -> map.setMap(transaction, key);
            case "Array" -> map.setArray(transaction, key);
            default -> map.setText(transaction, key);
        };
        fill(transaction, nested, type.get("init"));
    }

    private static void fill(Transaction transaction, SharedType nested, Object content) {
        if (content == null) {
            return;
        }
        if (nested instanceof YMap map) {
            ((Map<String, Object>) content).forEach((key, value) ->
                    set(transaction, map, key, value));
        } else if (nested instanceof YArray array) {
            insert(transaction, array, 0, (List<Object>) content);
        } else {
            ((YText) nested).insert(transaction, 0, (String) content);
        }
    }

    /** Plain values between two types go in together, as in one call of yjs. */
    private static void insert(
            Transaction transaction, YArray array, int index, List<Object> values) {
        int at = index;
        int i = 0;
        while (i < values.size()) {
            int from = i;
            while (i < values.size() && !isType(values.get(i))) {
                i++;
            }
            array.insert(transaction, at,
                    (List<?>) Portable.toValue(values.subList(from, i)));
            at += i - from;
            if (i < values.size()) {
                Map<String, Object> type = (Map<String, Object>) values.get(i++);
                SharedType nested = switch ((String) type.get("$type")) {
                    case "Map" -> array.insertMap(transaction, at);
                    case "Array" -> array.insertArray(transaction, at);
                    default -> array.insertText(transaction, at);
                };
                fill(transaction, nested, type.get("init"));
                at++;
            }
        }
    }

    private static void push(Transaction transaction, YArray array, List<Object> values) {
        if (values.stream().anyMatch(ScenarioReplay::isType)) {
            insert(transaction, array, array.size(), values);
        } else {
            array.pushAll(transaction, (List<?>) Portable.toValue(values));
        }
    }
}
