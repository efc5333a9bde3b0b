package io.adaos.hub.contracts.rules;

import io.adaos.hub.contracts.id.ArtifactRef;
import io.adaos.hub.contracts.id.WebspaceId;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;

/** Reads {@code data_projections} and {@code runtime.yjs.projections} into rules. */
final class ProjectionReader {

    private static final String YJS = "yjs";

    private final ArtifactRef owner;
    private final Map<String, DataRoute> routeOfSlot = new HashMap<>();

    /** @param routes give budgets to the rules of their slots; the first one of a slot counts */
    ProjectionReader(ArtifactRef owner, List<DataRoute> routes) {
        this.owner = owner;
        for (DataRoute route : routes) {
            if (route.isYjs()) {
                route.slot().ifPresent(slot -> routeOfSlot.putIfAbsent(slot, route));
            }
        }
    }

    /** A rule and where it was read, for the problems that two of them have together. */
    record Placed(ProjectionRule rule, String place) {

        boolean isSameSlot(Placed other) {
            return rule.scope().equals(other.rule.scope())
                    && rule.slot().equals(other.rule.slot());
        }
    }

    /** The rules of {@code data_projections}. */
    List<Placed> projections(ManifestNode manifest) {
        List<Placed> rules = new ArrayList<>();
        for (ManifestNode node : manifest.nodes("data_projections")) {
            Optional<String> scope = word(node, "scope", true);
            Optional<String> slot = word(node, "slot", false);
            List<ManifestNode> targets = node.nodes("targets");
            if (!node.has("scope") || !node.has("slot") || targets.isEmpty()) {
                node.warn("", "projection_ignored",
                        "a projection without scope, slot and targets writes nothing",
                        "Add what is missing, or leave the projection out");
                continue;
            }
            RuleBudget budget = budget(node, slot);
            ProjectionMode mode = mode(node);
            for (ManifestNode target : targets) {
                if (isDocument(target)) {
                    Optional<WebspaceId> webspace = webspace(target);
                    Optional<ProjectionPath> path = path(target);
                    scope.flatMap(s -> slot.flatMap(name -> path.map(found ->
                                    new ProjectionRule(s, name, found, webspace, budget, mode))))
                            .ifPresent(rule -> rules.add(new Placed(rule, target.pathOf(""))));
                }
            }
        }
        return rules;
    }

    /** The rules of {@code runtime.yjs.projections}. */
    List<Placed> yjsProjections(ManifestNode yjs) {
        List<Placed> rules = new ArrayList<>();
        for (ManifestNode node : yjs.nodes("projections")) {
            Optional<String> id = word(node, "id", false);
            if (!node.has("id")) {
                node.problem("id", "id_missing", "a projection needs an id, which is its slot",
                        "Add 'id: weather.current'");
            }
            Optional<String> scope = node.has("scope")
                    ? word(node, "scope", true) : Optional.of(ProjectionRule.SUBNET);
            RuleBudget budget = budget(node, id);
            ProjectionMode mode = mode(node);
            Optional<WebspaceId> webspace = webspace(node);
            Optional<ProjectionPath> path = path(node);
            scope.flatMap(s -> id.flatMap(name -> path.map(found ->
                            new ProjectionRule(s, name, found, webspace, budget, mode))))
                    .ifPresent(rule -> rules.add(new Placed(rule, node.pathOf(""))));
        }
        return rules;
    }

    /** A path that this owner may write, or the problem that it is none. */
    static Optional<ProjectionPath> path(
            ManifestNode node, String name, String text, ArtifactRef owner) {
        ProjectionPath path;
        try {
            path = ProjectionPath.parse(text);
        } catch (IllegalArgumentException e) {
            node.problem(name, "path_invalid", "'" + text + "': " + e.getMessage(),
                    "Write a path such as 'data/weather/current'");
            return Optional.empty();
        }
        if (path.segments().stream().anyMatch(segment ->
                segment.replace(ProjectionPath.USER_ID, "").matches(".*[{}].*"))) {
            node.problem(name, "path_placeholder_unknown",
                    "'" + text + "' holds a placeholder that is not {user_id}",
                    "Use {user_id}, or plain segments");
            return Optional.empty();
        }
        Optional<String> fault = DocumentBranches.fault(path, Optional.of(owner));
        fault.ifPresent(why -> node.problem(name, "path_not_allowed", why,
                "Write below 'data/<name>' or 'runtime/skills/<skill id>'"));
        return fault.isPresent() ? Optional.empty() : Optional.of(path);
    }

    /** The others are told of, since nothing else will be heard of them. */
    private static boolean isDocument(ManifestNode target) {
        Optional<String> backend = target.text("backend");
        if (backend.filter(YJS::equals).isPresent()) {
            return true;
        }
        target.warn("backend", "projection_backend_ignored",
                "targets of backend '" + backend.orElse("") + "' are not written by the hub",
                "Keep such values in the skill; 'yjs' is the backend of documents");
        return false;
    }

    private Optional<ProjectionPath> path(ManifestNode node) {
        Optional<String> text = node.text("path");
        if (text.isEmpty()) {
            node.problem("path", "path_missing", "a projection needs the path it writes",
                    "Add 'path: data/weather/current'");
        }
        return text.flatMap(path -> path(node, "path", path, owner));
    }

    private static Optional<String> word(ManifestNode node, String name, boolean isScope) {
        Optional<String> text = node.text(name);
        Pattern grammar = isScope ? ProjectionRule.SCOPE : ProjectionRule.SLOT;
        boolean bad = text.isPresent() && !grammar.matcher(text.get()).matches();
        if (bad) {
            node.problem(name, name + "_invalid",
                    "'" + text.get() + "' must match " + grammar.pattern(),
                    "Use letters, digits, '_', '.' and '-'");
        }
        return bad ? Optional.empty() : text;
    }

    private static Optional<WebspaceId> webspace(ManifestNode node) {
        Optional<String> text = node.text("webspace_id");
        try {
            return text.map(WebspaceId::of);
        } catch (IllegalArgumentException e) {
            node.problem("webspace_id", "webspace_invalid", e.getMessage(),
                    "Name a webspace, or leave it out");
            return Optional.empty();
        }
    }

    private static ProjectionMode mode(ManifestNode node) {
        Optional<String> word = node.text("mode");
        Optional<ProjectionMode> mode = word.flatMap(ProjectionMode::parse);
        if (word.isPresent() && mode.isEmpty()) {
            node.problem("mode", "mode_unknown", "'" + word.get() + "' is no mode",
                    "Use replace, merge or list");
        }
        return mode.orElse(ProjectionMode.REPLACE);
    }

    /** What the projection itself says, then its route, then the default. */
    private RuleBudget budget(ManifestNode node, Optional<String> slot) {
        Optional<ManifestNode> own = node.node("budget");
        Optional<DataRoute.Budget> route =
                slot.map(routeOfSlot::get).map(DataRoute::budget);
        RuleBudget most = RuleBudget.CEILING;
        RuleBudget otherwise = RuleBudget.DEFAULT;
        return new RuleBudget(
                node.integer("max_bytes", 1, most.maxBytes())
                        .or(() -> limit(own, "max_payload_bytes", most.maxBytes()))
                        .or(() -> route.flatMap(DataRoute.Budget::maxBytes))
                        .orElse(otherwise.maxBytes()),
                limit(node, own, "max_items", most.maxItems())
                        .or(() -> route.flatMap(DataRoute.Budget::maxItems))
                        .orElse(otherwise.maxItems()),
                limit(node, own, "max_depth", most.maxDepth()).orElse(otherwise.maxDepth()),
                limit(node, own, "max_string_bytes", most.maxStringBytes())
                        .orElse(otherwise.maxStringBytes()));
    }

    private static Optional<Integer> limit(
            ManifestNode node, Optional<ManifestNode> own, String name, int most) {
        return node.integer(name, 1, most).or(() -> limit(own, name, most));
    }

    private static Optional<Integer> limit(Optional<ManifestNode> own, String name, int most) {
        return own.flatMap(budget -> budget.integer(name, 1, most));
    }
}
