package io.adaos.hub.projection.crdt;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;

/** Leaves out of a failing script whatever it fails without. */
@SuppressWarnings("unchecked")
final class FuzzShrinker {
    private static final int TRIES_MAX = 2000;

    private final Predicate<FuzzScript> fails;
    private FuzzScript best;
    private int tries;

    private FuzzShrinker(FuzzScript failing, Predicate<FuzzScript> fails) {
        this.best = failing;
        this.fails = fails;
    }

    static FuzzScript shrink(FuzzScript failing, Predicate<FuzzScript> fails) {
        FuzzShrinker shrinker = new FuzzShrinker(failing, fails);
        boolean smaller = true;
        while (smaller && shrinker.tries < TRIES_MAX) {
            smaller = shrinker.dropSteps() | shrinker.dropClients() | shrinker.simplifySteps();
        }
        return shrinker.best;
    }

    private boolean take(FuzzScript candidate) {
        if (tries++ >= TRIES_MAX || candidate.toString().equals(best.toString())
                || !fails.test(candidate)) {
            return false;
        }
        best = candidate;
        return true;
    }

    private boolean dropSteps() {
        boolean smaller = false;
        for (int size = Math.max(1, best.steps().size() / 2); size > 0; size /= 2) {
            for (int from = best.steps().size() - size; from >= 0; from -= size) {
                List<Map<String, Object>> fewer = new ArrayList<>(best.steps());
                fewer.subList(from, from + size).clear();
                smaller |= take(best.withSteps(fewer));
                from = Math.min(from, best.steps().size());
            }
        }
        return smaller;
    }

    private boolean dropClients() {
        boolean smaller = false;
        for (int i = best.clients().size() - 1; i >= 0 && best.clients().size() > 1; i--) {
            List<Long> fewer = new ArrayList<>(best.clients());
            fewer.remove(i);
            smaller |= take(best.withClients(fewer));
        }
        return smaller;
    }

    private boolean simplifySteps() {
        boolean smaller = false;
        for (int i = 0; i < best.steps().size(); i++) {
            Map<String, Object> step = best.steps().get(i);
            for (String name : List.copyOf(step.keySet())) {
                for (Object simpler : simplerThan(name, step.get(name))) {
                    Map<String, Object> changed = new LinkedHashMap<>(best.steps().get(i));
                    changed.put(name, simpler);
                    List<Map<String, Object>> steps = new ArrayList<>(best.steps());
                    steps.set(i, changed);
                    smaller |= take(best.withSteps(steps));
                }
            }
        }
        return smaller;
    }

    /** Lists without one of their elements, edits with one simpler part, smaller numbers. */
    private static List<Object> simplerThan(String name, Object value) {
        List<Object> simpler = new ArrayList<>();
        if (value instanceof Long number && number > 0 && !name.equals("id")) {
            simpler.add(0L);
            simpler.add(number % 2);
        } else if (value instanceof List<?> list) {
            for (int i = 0; i < list.size(); i++) {
                if (list.size() > 1) {
                    List<Object> fewer = new ArrayList<>(list);
                    fewer.remove(i);
                    simpler.add(fewer);
                }
                for (Object element : simplerThan(name, list.get(i))) {
                    List<Object> changed = new ArrayList<>(list);
                    changed.set(i, element);
                    simpler.add(changed);
                }
            }
            if (name.equals("values")) {
                simpler.add(List.of(1L));
            }
        } else if (value instanceof Map<?, ?> map && name.equals("ops")) {
            ((Map<String, Object>) map).forEach((part, own) -> {
                for (Object each : simplerThan(part, own)) {
                    Map<String, Object> changed = new LinkedHashMap<>((Map<String, Object>) map);
                    changed.put(part, each);
                    simpler.add(changed);
                }
            });
        } else if (value instanceof String && name.equals("text")) {
            simpler.add("ab");
        } else if (value instanceof Map<?, ?> && name.equals("attrs")) {
            simpler.add(Map.of("b", true));
            simpler.add(Map.of());
        } else if (value instanceof Map<?, ?> && name.equals("embed")) {
            simpler.add(Map.of("n", 1L));
        }
        return simpler;
    }
}
