package io.adaos.hub.contracts.rules;

import io.adaos.hub.contracts.id.ArtifactRef;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** Which branches of a document declared rules may write, and which are the hub's own. */
public final class DocumentBranches {

    /** Shared by all nodes, so never put below one of them; also what other owners keep there. */
    public static final Set<String> SHARED_DATA = Set.of("adaos_connect", "catalog", "desktop",
            "devices", "installed", "nlu", "nlu_teacher", "routing", "scenarios", "tts",
            "webio", "webspaces");

    /** Below it lies one branch per node, which the hub puts into paths itself. */
    public static final String NODES = "nodes";

    private static final String DATA = "data";
    private static final List<String> PRIVATE = List.of("runtime", "skills");

    /** Written by the hub alone, with everything below. */
    private static final List<List<String>> OF_THE_HUB = List.of(
            List.of("runtime", "operations"),
            List.of("runtime", "notifications"),
            List.of("runtime", "status"),
            List.of(DATA, "desktop", "toasts"),
            List.of(DATA, NODES));

    /** Shells need them whole; a rule may own a part of them and never all. */
    private static final List<List<String>> NEVER_WHOLE = List.of(
            List.of("ui", "application"),
            List.of("ui", "application", "modals"),
            List.of("ui", "application", "registry"),
            List.of("registry", "merged"));

    private DocumentBranches() {
    }

    /**
     * Why a rule of this owner must not write this path, if it must not.
     *
     * @param path before node scoping
     * @param owner empty for a rule of nobody
     */
    public static Optional<String> fault(ProjectionPath path, Optional<ArtifactRef> owner) {
        List<String> segments = path.segments();
        for (List<String> branch : OF_THE_HUB) {
            if (isPrefix(branch, segments) || isPrefix(segments, branch)) {
                return Optional.of(
                        "'" + String.join("/", branch) + "' is written by the hub alone");
            }
        }
        if (NEVER_WHOLE.contains(segments)
                || segments.size() == 2 && segments.get(0).equals(DATA)
                && SHARED_DATA.contains(segments.get(1))) {
            return Optional.of("'" + path + "' is shared by many and is never written as a whole");
        }
        return isPrefix(PRIVATE, segments) && !isPrivateOf(owner, segments)
                ? Optional.of("below 'runtime/skills' a skill writes its own branch only")
                : Optional.empty();
    }

    private static boolean isPrivateOf(Optional<ArtifactRef> owner, List<String> segments) {
        return segments.size() > 2 && owner.isPresent()
                && owner.get().kind().equals("skill")
                && segments.get(2).equals(owner.get().id());
    }

    private static boolean isPrefix(List<String> prefix, List<String> path) {
        return path.size() >= prefix.size() && path.subList(0, prefix.size()).equals(prefix);
    }
}
