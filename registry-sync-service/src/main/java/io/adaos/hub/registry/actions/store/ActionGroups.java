package io.adaos.hub.registry.actions.store;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** Gathers versions into actions, which keep the order in which they were first seen. */
final class ActionGroups {

    private final Map<String, TreeMap<String, String>> byName = new LinkedHashMap<>();

    /** @param description a JSON text, or null */
    void add(String name, String version, String description) {
        byName.computeIfAbsent(name, first -> new TreeMap<>(ActionVersionOrder.COMPARATOR))
                .put(version, description);
    }

    List<ActionItem> items() {
        List<ActionItem> items = new ArrayList<>(byName.size());
        byName.forEach((name, versions) -> items.add(new ActionItem(name, versions.lastKey(),
                List.copyOf(versions.keySet()), versions.lastEntry().getValue())));
        return items;
    }
}
