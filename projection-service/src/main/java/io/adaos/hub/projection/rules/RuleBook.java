package io.adaos.hub.projection.rules;

import io.adaos.hub.contracts.id.ArtifactRef;
import io.adaos.hub.contracts.id.WebspaceId;
import io.adaos.hub.contracts.rules.DocumentBranches;
import io.adaos.hub.contracts.rules.ProjectionPath;
import io.adaos.hub.contracts.rules.ProjectionRule;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/**
 * All rules at one moment; a change makes another book, so a write sees all of it or nothing.
 *
 * <p>The rule of a (scope, slot) is looked for in the webspace's active scenario, then in skills,
 * the one registered last first, then in the hub's own rules.
 */
public final class RuleBook {

    /** A slot of a scope; what a rule is found by. */
    private record Key(String scope, String slot) {
    }

    /** A rule and whose it is. */
    private record Candidate(ProjectionRule rule, Optional<ArtifactRef> owner) {
    }

    private final Map<ArtifactRef, RuleLayer> layers;
    private final Map<Key, RuleLayer> skillOf;
    private final Map<WebspaceId, ArtifactRef> scenarios;
    private final Set<ArtifactRef> pending;
    private final boolean complete;
    private final List<ProjectionRule> base;

    private RuleBook(Map<ArtifactRef, RuleLayer> layers, Map<Key, RuleLayer> skillOf,
            Standing standing, List<ProjectionRule> base) {
        this.layers = layers;
        this.skillOf = skillOf;
        this.scenarios = standing.scenarios();
        this.pending = standing.pending();
        this.complete = standing.complete();
        this.base = base;
    }

    /** All of a book that changes without its layers. */
    private record Standing(Map<WebspaceId, ArtifactRef> scenarios, Set<ArtifactRef> pending,
            boolean complete) {
    }

    /** Before anything is known: every question is answered with unavailable. */
    public static RuleBook unread(List<ProjectionRule> base) {
        return new RuleBook(Map.of(), Map.of(), new Standing(Map.of(), Set.of(), false),
                List.copyOf(base));
    }

    /** The book with this layer instead of the one its owner had. */
    public RuleBook with(RuleLayer layer) {
        if (layer.equals(layers.get(layer.owner())) && !pending.contains(layer.owner())) {
            return this;
        }
        Map<ArtifactRef, RuleLayer> next = new LinkedHashMap<>(layers);
        next.put(layer.owner(), layer);
        Set<ArtifactRef> waiting = new HashSet<>(pending);
        waiting.remove(layer.owner());
        return withLayers(next, waiting);
    }

    /** The book without the layers of all others. */
    public RuleBook retaining(Set<ArtifactRef> owners) {
        if (owners.containsAll(layers.keySet()) && owners.containsAll(pending)) {
            return this;
        }
        Map<ArtifactRef, RuleLayer> next = new LinkedHashMap<>(layers);
        next.keySet().retainAll(owners);
        Set<ArtifactRef> waiting = new HashSet<>(pending);
        waiting.retainAll(owners);
        return withLayers(next, waiting);
    }

    /** The book that knows that these layers are still to come, in a new version or at all. */
    public RuleBook waitingFor(Set<ArtifactRef> owners) {
        return owners.equals(pending) ? this
                : standing(new Standing(scenarios, Set.copyOf(owners), complete));
    }

    /** The book once everything was loaded that was to be loaded at the start. */
    public RuleBook completed() {
        return complete ? this : standing(new Standing(scenarios, pending, true));
    }

    /** The book in which these scenarios are active, and no others. */
    public RuleBook withScenarios(Map<WebspaceId, ArtifactRef> active) {
        return active.equals(scenarios) ? this
                : standing(new Standing(Map.copyOf(active), pending, complete));
    }

    private RuleBook standing(Standing next) {
        return new RuleBook(layers, skillOf, next, base);
    }

    private RuleBook withLayers(Map<ArtifactRef, RuleLayer> next, Set<ArtifactRef> waiting) {
        Map<Key, RuleLayer> skills = new HashMap<>();
        next.values().stream()
                .filter(layer -> !layer.isScenario())
                .sorted(Comparator.comparingLong(RuleLayer::position).reversed())
                .forEach(layer -> layer.rules().projections().forEach(rule ->
                        skills.putIfAbsent(new Key(rule.scope(), rule.slot()), layer)));
        return new RuleBook(next, skills, new Standing(scenarios, waiting, complete), base);
    }

    /** Whether questions are answered. */
    public boolean isComplete() {
        return complete;
    }

    /** What an artifact declares; also tells whether its manifest was available. */
    public Optional<RuleLayer> layer(ArtifactRef owner) {
        return Optional.ofNullable(layers.get(owner));
    }

    /** What is still to come. */
    public Set<ArtifactRef> pending() {
        return pending;
    }

    /** All layers, for pictures of the whole. */
    public List<RuleLayer> layers() {
        return List.copyOf(layers.values());
    }

    /** What counts in a webspace: its scenario, then skills, the one registered last first. */
    public List<RuleLayer> layersIn(WebspaceId webspace) {
        return Stream.concat(
                scenario(webspace).map(layers::get).stream(),
                layers.values().stream().filter(layer -> !layer.isScenario())
                        .sorted(Comparator.comparingLong(RuleLayer::position).reversed()))
                .toList();
    }

    /** The scenario that is active in a webspace, installed or not. */
    public Optional<ArtifactRef> scenario(WebspaceId webspace) {
        return Optional.ofNullable(scenarios.get(webspace));
    }

    /** The rule and address of a write. */
    public Resolution resolve(RuleQuery query) {
        if (!complete) {
            return new Resolution.Unavailable("The rules of installed artifacts are being loaded");
        }
        Optional<Candidate> found = find(query);
        if (found.isEmpty()) {
            return pending.isEmpty() ? new Resolution.Missing() : new Resolution.Unavailable(
                    "The rules of " + pending.iterator().next() + " are being loaded");
        }
        return address(found.get(), query);
    }

    private Optional<Candidate> find(RuleQuery query) {
        WebspaceId webspace = query.webspace().orElse(WebspaceId.DESKTOP);
        return scenario(webspace).map(layers::get)
                .flatMap(layer -> candidate(layer, query, webspace))
                .or(() -> Optional.ofNullable(
                                skillOf.get(new Key(query.scope(), query.slot())))
                        .flatMap(layer -> candidate(layer, query, webspace)))
                .or(() -> base.stream()
                        .filter(rule -> rule.scope().equals(query.scope())
                                && rule.slot().equals(query.slot()))
                        .findFirst().map(rule -> new Candidate(rule, Optional.empty())));
    }

    private static Optional<Candidate> candidate(
            RuleLayer layer, RuleQuery query, WebspaceId webspace) {
        return layer.find(query.scope(), query.slot(), webspace)
                .map(rule -> new Candidate(rule, Optional.of(layer.owner())));
    }

    private static Resolution address(Candidate found, RuleQuery query) {
        ProjectionRule rule = found.rule();
        ProjectionPath path;
        try {
            path = new ProjectionPath(ofUser(rule.path().segments(), query.userId()));
        } catch (IllegalArgumentException e) {
            return new Resolution.NotAllowed(
                    "'" + rule.path() + "' leads nowhere: " + e.getMessage());
        }
        // judged again, since the user's name may have made it another branch
        Optional<String> fault = found.owner().isEmpty()
                ? Optional.empty() : DocumentBranches.fault(path, found.owner());
        if (fault.isPresent()) {
            return new Resolution.NotAllowed(fault.get());
        }
        List<String> scoped = rule.isOfNode()
                ? NodeScope.scoped(path.segments(), query.node()) : path.segments();
        return new Resolution.Found(rule, found.owner(),
                query.webspace().or(rule::webspace).orElse(WebspaceId.DESKTOP),
                ModalIds.inPath(scoped, rule.isOfNode() ? query.node().value() : ""));
    }

    private static List<String> ofUser(List<String> segments, Optional<String> userId) {
        List<String> named = new ArrayList<>();
        for (String segment : segments) {
            if (segment.contains(ProjectionPath.USER_ID)) {
                String user = userId.filter(id -> !id.isBlank()).orElseThrow(() ->
                        new IllegalArgumentException("the write names no user_id"));
                named.add(segment.replace(ProjectionPath.USER_ID, user));
            } else {
                named.add(segment);
            }
        }
        return named;
    }
}
