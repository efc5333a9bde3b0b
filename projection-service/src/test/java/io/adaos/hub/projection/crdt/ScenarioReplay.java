package io.adaos.hub.projection.crdt;

import io.adaos.hub.projection.crdt.codec.MalformedUpdateException;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Repeats what the authors of a scenario did, each in a document of its own. */
@SuppressWarnings("unchecked")
final class ScenarioReplay {
    private final Scenario scenario;
    private final List<byte[]> updates;
    private final Map<Long, Doc> docs = new HashMap<>();

    ScenarioReplay(Scenario scenario) {
        this.scenario = scenario;
        this.updates = scenario.updates();
        scenario.clients().forEach(client -> docs.put(client, scenario.newDoc(client)));
    }

    /** Repeats one event; empty when it gave exactly the bytes yjs gave, else what was wrong. */
    Optional<String> run(List<Object> event) throws MalformedUpdateException {
        Doc doc = docs.get((Long) event.get(1));
        if (event.get(0).equals("rx")) {
            doc.apply(updates.get(((Long) event.get(2)).intValue()), "test");
            for (Object cleanup : event.size() > 3 ? (List<Object>) event.get(3) : List.of()) {
                doc.apply(updates.get(((Long) cleanup).intValue()), "test");
            }
            return Optional.empty();
        }
        int index = ((Long) event.get(3)).intValue();
        byte[] expected = index < 0 ? new byte[0] : updates.get(index);
        byte[] update = doc.transact("test", transaction -> {
            for (Object op : (List<Object>) event.get(2)) {
                carryOut(transaction, doc, (Map<String, Object>) op);
            }
        });
        return Arrays.equals(expected, update) ? Optional.empty() : Optional.of(event
                + ": expected " + HexFormat.of().formatHex(expected)
                + ", got " + HexFormat.of().formatHex(update));
    }

    private void carryOut(Transaction transaction, Doc doc, Map<String, Object> op) {
        List<Object> path = (List<Object>) op.get("p");
        String root = (String) path.get(0);
        Object target = Scenario.rootOf(doc, root, scenario.roots().get(root));
        for (Object step : path.subList(1, path.size())) {
            target = Scenario.child(target, step);
        }
        edit(transaction, target, op);
    }

    private static void edit(Transaction transaction, Object target, Map<String, Object> op) {
        String key = (String) op.get("k");
        int index = op.containsKey("i") ? ((Long) op.get("i")).intValue() : 0;
        int count = op.containsKey("n") ? ((Long) op.get("n")).intValue() : 0;
        switch ((String) op.get("o")) {
            case "mset" -> ReplayContent.set(transaction, (YMap) target, key, op.get("v"));
            case "mdel" -> ((YMap) target).remove(transaction, key);
            case "mclear" -> {
                YMap map = (YMap) target;
                map.keys().forEach(entry -> map.remove(transaction, entry));
            }
            case "ains" -> ReplayContent.insert(
                    transaction, (SharedType) target, index, (List<Object>) op.get("v"));
            case "apush" -> ReplayContent.push(
                    transaction, (SharedType) target, (List<Object>) op.get("v"));
            case "adel" -> {
                if (target instanceof YArray array) {
                    array.remove(transaction, index, count);
                } else {
                    ((YXmlFragment) target).remove(transaction, index, count);
                }
            }
            case "xattr" -> ReplayContent.setAttribute(
                    transaction, (YXmlElement) target, key, op.get("v"));
            case "xadel" -> ((YXmlElement) target).removeAttribute(transaction, key);
            default -> editText(transaction, (YText) target, index, op);
        }
    }

    private static void editText(
            Transaction transaction, YText text, int index, Map<String, Object> op) {
        String key = (String) op.get("k");
        Map<String, Object> attributes =
                (Map<String, Object>) Portable.toValue(op.get("a"));
        int count = op.containsKey("n") ? ((Long) op.get("n")).intValue() : 0;
        String kind = (String) op.get("o");
        switch (kind) {
            case "tins" -> {
                if (attributes == null) {
                    text.insert(transaction, index, (String) op.get("s"));
                } else {
                    text.insert(transaction, index, (String) op.get("s"), attributes);
                }
            }
            case "tdel" -> text.delete(transaction, index, count);
            case "tfmt" -> text.format(transaction, index, count, attributes);
            case "temb" -> ReplayContent.embed(transaction, text, op);
            case "tattr" -> ReplayContent.setAttribute(transaction, text, key, op.get("v"));
            case "tadel" -> text.removeAttribute(transaction, key);
            case "tdelta" -> text.apply(
                    transaction, ReplayContent.changes((List<Object>) op.get("d")));
            default -> throw new AssertionError("unknown operation " + kind);
        }
    }
}
