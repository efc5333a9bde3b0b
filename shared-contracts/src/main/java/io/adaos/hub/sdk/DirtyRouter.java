package io.adaos.hub.sdk;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.CopyOnWriteArrayList;

/**
 * Says which slots and streams are made anew when a part of the skill's own state has changed. A
 * part has a name, such as {@code jobs.active}; a pattern is a name, {@code *}, or the beginning of
 * names with {@code *} as its last character.
 */
public final class DirtyRouter {

    private static final int ROUTES_MAX = 1_024;

    private final HubSkill skill;
    private final List<Route<SetOutcome>> slots = new CopyOnWriteArrayList<>();
    private final List<Route<PublishOutcome>> streams = new CopyOnWriteArrayList<>();

    DirtyRouter(HubSkill skill) {
        this.skill = skill;
    }

    /** Makes a value from the skill's own state. */
    @FunctionalInterface
    public interface Build {

        /** @param dirty the names that have changed; for a listener that came, none */
        Object build(Set<String> dirty) throws Exception;
    }

    private record Route<T>(Object target, List<String> patterns, SingleFlight<T> flight) {

        private Set<String> matches(Set<String> names) {
            Set<String> found = new TreeSet<>();
            names.stream().filter(name -> patterns.stream()
                    .anyMatch(pattern -> isMatch(pattern, name))).forEach(found::add);
            return found;
        }
    }

    /** Whether a pattern means a name. */
    static boolean isMatch(String pattern, String name) {
        return pattern.endsWith("*")
                ? name.startsWith(pattern.substring(0, pattern.length() - 1))
                : pattern.equals(name);
    }

    /** The slot is built anew when one of the patterns means what has changed. */
    public DirtyRouter on(List<String> patterns, ProjectionSlot slot, Build build) {
        add(slots, new Route<>(slot, List.copyOf(patterns), new SingleFlight<>(dirty ->
                skill.built(build, dirty).handle((json, failure) -> failure == null
                        ? skill.send(slot, json) : skill.failed(slot, failure)))));
        return this;
    }

    /**
     * The same for a stream: it is built when somebody listens and something has changed, and when
     * the hub asks for its value.
     */
    public DirtyRouter on(List<String> patterns, StreamReceiver receiver, Build build) {
        SingleFlight<PublishOutcome> flight = new SingleFlight<>(dirty ->
                skill.built(build, dirty).handle((json, failure) -> failure == null
                        ? skill.send(receiver, json) : skill.failed(failure)));
        add(streams, new Route<>(receiver, List.copyOf(patterns), flight));
        skill.demand().onRequest(receiver, () -> flight.run(Set.of()));
        return this;
    }

    private static <T> void add(List<Route<T>> routes, Route<T> route) {
        if (routes.size() == ROUTES_MAX) {
            throw new IllegalStateException("a router has at most " + ROUTES_MAX + " routes");
        }
        routes.add(route);
    }

    /**
     * Builds and sets whatever depends on these names: one build of a slot at a time, and what
     * becomes dirty meanwhile is built once more. Ends when all of it is durable or was told why
     * not.
     */
    public CompletionStage<Map<ProjectionSlot, SetOutcome>> dirty(String... names) {
        Set<String> changed = new TreeSet<>(List.of(names));
        Map<ProjectionSlot, SetOutcome> outcomes = new LinkedHashMap<>();
        List<CompletableFuture<?>> all = new ArrayList<>();
        for (Route<SetOutcome> route : slots) {
            Set<String> reasons = route.matches(changed);
            if (!reasons.isEmpty()) {
                all.add(route.flight().run(reasons).thenAccept(outcome -> {
                    synchronized (outcomes) {
                        outcomes.put((ProjectionSlot) route.target(), outcome);
                    }
                }));
            }
        }
        for (Route<PublishOutcome> route : streams) {
            Set<String> reasons = route.matches(changed);
            if (!reasons.isEmpty() && skill.isWanted((StreamReceiver) route.target())) {
                route.flight().run(reasons);
            }
        }
        return CompletableFuture.allOf(all.toArray(CompletableFuture<?>[]::new))
                .thenApply(done -> outcomes);
    }
}
