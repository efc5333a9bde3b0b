package io.adaos.hub.projection.governance.direct;

import io.adaos.hub.contracts.rules.ProjectionPath;
import io.adaos.hub.projection.governance.direct.DirectWriteRow.WrittenPath;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** One entry of {@code data_projections}, as a skill's manifest would hold it. */
public record SuggestedProjection(
        String scope, String slot, List<Target> targets, Budget budget) {

    private static final String SCOPE = "subnet";
    private static final int SEGMENTS = 3;
    private static final long BYTES_MIN = 1_024;
    private static final long BYTES_MAX = 262_144;
    private static final List<String> NODES = List.of("data", "nodes");

    /** Where the slot is shown. */
    public record Target(String backend, String path) {
    }

    /** How large a value may be. */
    public record Budget(long maxPayloadBytes) {
    }

    /** One entry per branch of three segments, none of them below another. */
    static List<SuggestedProjection> of(List<WrittenPath> written) {
        Map<String, Long> largest = new TreeMap<>();
        for (WrittenPath path : written) {
            branch(path.path()).ifPresent(branch ->
                    largest.merge(branch, path.largestBytes(), Math::max));
        }
        List<SuggestedProjection> suggested = new ArrayList<>();
        for (String branch : largest.keySet()) {
            if (largest.keySet().stream().noneMatch(above -> branch.startsWith(above + '/'))) {
                suggested.add(one(branch, largestBelow(branch, largest)));
            }
        }
        return suggested;
    }

    /** The declared path: three segments, without the node, which the hub puts in by itself. */
    private static Optional<String> branch(String path) {
        List<String> segments = new ArrayList<>(List.of(path.split("/")));
        if (segments.size() > NODES.size() + 1 && segments.subList(0, 2).equals(NODES)) {
            segments.subList(1, NODES.size() + 1).clear();
        }
        boolean isPath = segments.size() > 1 && ProjectionPath.ROOTS.contains(segments.get(0));
        return isPath
                ? Optional.of(String.join(
                        "/", segments.subList(0, Math.min(SEGMENTS, segments.size()))))
                : Optional.empty();
    }

    private static long largestBelow(String branch, Map<String, Long> largest) {
        return largest.entrySet().stream()
                .filter(entry -> (entry.getKey() + '/').startsWith(branch + '/'))
                .mapToLong(Map.Entry::getValue).max().orElse(0);
    }

    private static SuggestedProjection one(String path, long largestBytes) {
        String below = path.substring(path.indexOf('/') + 1);
        long roomy = Long.highestOneBit(Math.max(1, 2 * largestBytes - 1)) << 1;
        return new SuggestedProjection(SCOPE, below.replace('/', '.'),
                List.of(new Target("yjs", path)),
                new Budget(Math.max(BYTES_MIN, Math.min(BYTES_MAX, roomy))));
    }
}
