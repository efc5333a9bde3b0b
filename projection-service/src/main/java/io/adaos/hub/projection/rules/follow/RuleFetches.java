package io.adaos.hub.projection.rules.follow;

import io.adaos.hub.contracts.id.ArtifactRef;
import io.adaos.hub.contracts.operation.InstalledArtifact;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Which manifests are read, which are under way, and when those that failed are due again. */
final class RuleFetches {

    private static final int AT_ONCE = 4;
    private static final long BACKOFF_FIRST_MILLIS = 200;
    private static final long BACKOFF_LAST_MILLIS = 5_000;
    private static final int DOUBLINGS_MAX = 5;

    /** A version that the registry does not have may be pushed to it again. */
    private static final long ABSENT_AGAIN_MILLIS = 15_000;

    /** What tells one content of an artifact from another. */
    private record Content(String version, String digest) {

        static Content of(InstalledArtifact artifact) {
            return new Content(artifact.version(), artifact.contentDigest());
        }
    }

    private final Map<ArtifactRef, Content> settled = new HashMap<>();
    private final Map<ArtifactRef, Integer> failures = new HashMap<>();
    private final Map<ArtifactRef, Long> notBefore = new HashMap<>();
    private final Set<ArtifactRef> underWay = new HashSet<>();

    /** Forgets all that is not wanted any more. */
    void retain(Set<ArtifactRef> wanted) {
        settled.keySet().retainAll(wanted);
        failures.keySet().retainAll(wanted);
        notBefore.keySet().retainAll(wanted);
    }

    /** What is wanted and neither read nor known to be absent. */
    Set<ArtifactRef> open(Map<ArtifactRef, InstalledArtifact> wanted) {
        Set<ArtifactRef> open = new HashSet<>();
        wanted.forEach((ref, artifact) -> {
            if (!Content.of(artifact).equals(settled.get(ref))) {
                open.add(ref);
            }
        });
        return open;
    }

    /** What is to be read now; counts as under way from here on. */
    List<ArtifactRef> start(Map<ArtifactRef, InstalledArtifact> wanted, long nowMillis) {
        Set<ArtifactRef> open = open(wanted);
        List<ArtifactRef> started = wanted.keySet().stream()
                .filter(ref -> open.contains(ref) || notBefore.containsKey(ref))
                .filter(ref -> !underWay.contains(ref))
                .filter(ref -> notBefore.getOrDefault(ref, nowMillis) <= nowMillis)
                .limit(Math.max(0, AT_ONCE - underWay.size()))
                .toList();
        underWay.addAll(started);
        return started;
    }

    /** The manifest was read, or is absent and looked for again later. */
    void settled(ArtifactRef ref, InstalledArtifact artifact, boolean available, long nowMillis) {
        underWay.remove(ref);
        failures.remove(ref);
        notBefore.remove(ref);
        settled.put(ref, Content.of(artifact));
        if (!available) {
            notBefore.put(ref, nowMillis + ABSENT_AGAIN_MILLIS);
        }
    }

    /** A source did not answer; says whether it is the first time in a row. */
    boolean failed(ArtifactRef ref, long nowMillis) {
        underWay.remove(ref);
        int before = failures.merge(ref, 1, Integer::sum) - 1;
        notBefore.put(ref, nowMillis + Math.min(BACKOFF_LAST_MILLIS,
                BACKOFF_FIRST_MILLIS << Math.min(before, DOUBLINGS_MAX)));
        return before == 0;
    }

    /** What was read is not wanted any more. */
    void dropped(ArtifactRef ref) {
        underWay.remove(ref);
    }
}
