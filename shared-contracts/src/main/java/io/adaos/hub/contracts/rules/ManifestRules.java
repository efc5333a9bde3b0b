package io.adaos.hub.contracts.rules;

import io.adaos.hub.contracts.id.ArtifactRef;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Reads what a manifest says about the document, for the push that refuses it and for the service
 * that obeys it; no clock, no disk, and the same answer for the same manifest.
 *
 * <p>Two forms, also in one manifest: {@code data_projections} with budgets from
 * {@code data_routes}, and {@code runtime.yjs} with {@code projections[] {id, path, max_bytes,
 * mode}}, {@code details} and {@code primary_doc}. {@code budget.quarantine} and everything else
 * that is not named is ignored. At most 256 items in each list.
 */
public final class ManifestRules {

    private ManifestRules() {
    }

    /**
     * The rules of a manifest and everything that is wrong with them.
     *
     * @param owner the artifact the manifest belongs to
     * @param manifest its root mapping as plain values: text, numbers, booleans, null, lists, maps
     */
    public static DeclaredRules read(ArtifactRef owner, Map<String, Object> manifest) {
        RuleFindings findings = new RuleFindings();
        ManifestNode root = new ManifestNode("", manifest, findings);
        List<DataRoute> routes = RouteReader.read(root);
        ProjectionReader reader = new ProjectionReader(owner, routes);
        List<ProjectionReader.Placed> found = new ArrayList<>();
        Optional<ManifestNode> yjs = yjs(manifest, findings);
        yjs.ifPresent(node -> found.addAll(reader.yjsProjections(node)));
        reader.projections(root).forEach(rule -> addUnlessRepeated(rule, found, findings));
        List<ProjectionRule> rules = withoutOverlaps(found, findings);
        warnOfRoutesWithoutRule(routes, rules, findings);
        return new DeclaredRules(rules, routes,
                yjs.flatMap(PrimaryDocReader::details),
                yjs.flatMap(node -> PrimaryDocReader.grant(node, owner)),
                findings.problems(), findings.warnings());
    }

    /** A {@code runtime} that is no mapping is a fault which the reader of the entry reports. */
    private static Optional<ManifestNode> yjs(
            Map<String, Object> manifest, RuleFindings findings) {
        return manifest.get("runtime") instanceof Map<?, ?> runtime
                ? new ManifestNode("runtime", runtime, findings).node("yjs") : Optional.empty();
    }

    /** The same slot at the same path in both forms is one rule, with the newer form's limits. */
    private static void addUnlessRepeated(ProjectionReader.Placed rule,
            List<ProjectionReader.Placed> found, RuleFindings findings) {
        for (ProjectionReader.Placed other : found) {
            if (other.place().startsWith("runtime.") && other.isSameSlot(rule)
                    && other.rule().path().equals(rule.rule().path())) {
                findings.warn(rule.place(), "projection_declared_twice",
                        "the limits of " + other.place() + " are used", "Keep one of the two");
                return;
            }
        }
        found.add(rule);
    }

    private static List<ProjectionRule> withoutOverlaps(
            List<ProjectionReader.Placed> found, RuleFindings findings) {
        Set<ProjectionReader.Placed> bad = new HashSet<>();
        for (int i = 0; i < found.size(); i++) {
            for (int j = 0; j < i; j++) {
                if (clash(found.get(j), found.get(i), findings)) {
                    bad.add(found.get(i));
                }
            }
        }
        return found.stream().filter(rule -> !bad.contains(rule))
                .map(ProjectionReader.Placed::rule).toList();
    }

    private static boolean clash(ProjectionReader.Placed first, ProjectionReader.Placed second,
            RuleFindings findings) {
        ProjectionRule one = first.rule();
        ProjectionRule other = second.rule();
        if (first.isSameSlot(second)) {
            if (!one.webspace().equals(other.webspace())) {
                return false;
            }
            findings.problem(second.place(), "projection_declared_twice",
                    first.place() + " says already where '" + other.slot() + "' of scope "
                            + other.scope() + " goes",
                    "Keep one target for each slot, or name a webspace_id in each");
            return true;
        }
        boolean overlap = one.isOfNode() == other.isOfNode() && one.path().mayTouch(other.path());
        if (overlap) {
            findings.problem(second.place(), "projection_paths_overlap",
                    "'" + other.path() + "' of slot '" + other.slot() + "' and '" + one.path()
                            + "' of slot '" + one.slot() + "' (" + first.place()
                            + ") would overwrite each other",
                    "Give each slot a branch of its own");
        }
        return overlap;
    }

    private static void warnOfRoutesWithoutRule(List<DataRoute> routes,
            List<ProjectionRule> rules, RuleFindings findings) {
        for (DataRoute route : routes) {
            boolean carried = !route.isYjs() || route.slot().isPresent()
                    && rules.stream().anyMatch(rule -> rule.slot().equals(route.slot().get()));
            if (!carried) {
                findings.warn("data_routes", "route_without_projection",
                        "the yjs route of '" + route.surface() + "' has no projection: nothing "
                                + "can be written on it",
                        "Declare its slot in data_projections and name it in projection_slot");
            }
        }
    }
}
