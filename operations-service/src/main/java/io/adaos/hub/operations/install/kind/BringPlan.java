package io.adaos.hub.operations.install.kind;

import io.adaos.hub.contracts.operation.InstalledArtifact;
import io.adaos.hub.operations.install.ArtifactVersion;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * What an installation has decided for good; its checkpoint.
 *
 * @param requires ids of the skills it cannot do without
 * @param missing those of them that were not installed
 * @param before what was in use, to which a failure goes back
 * @param notConfirmed why the record was taken back, once it was
 */
record BringPlan(ArtifactVersion version, List<String> requires, List<String> missing,
        Optional<Before> before, Optional<String> notConfirmed) {

    private static final String NEEDED = "needed";
    private static final String MISSING = "missing";
    private static final String BEFORE = "before";
    private static final String NOT_CONFIRMED = "not_confirmed";

    BringPlan {
        requires = List.copyOf(requires);
        missing = List.copyOf(missing);
    }

    /** The version that was in use. */
    record Before(String name, String version, String contentDigest) {

        static Before of(InstalledArtifact artifact) {
            return new Before(artifact.name(), artifact.version(), artifact.contentDigest());
        }
    }

    /** The plan a checkpoint holds, if one was decided. */
    static Optional<BringPlan> ofCheckpoint(Map<String, Object> checkpoint) {
        return ArtifactVersion.ofCheckpoint(checkpoint).map(version -> new BringPlan(version,
                texts(checkpoint.get(NEEDED)), texts(checkpoint.get(MISSING)),
                before(checkpoint.get(BEFORE)),
                Optional.ofNullable((String) checkpoint.get(NOT_CONFIRMED))));
    }

    Map<String, Object> checkpoint() {
        Map<String, Object> checkpoint = version.checkpoint();
        checkpoint.put(NEEDED, requires);
        checkpoint.put(MISSING, missing);
        before.ifPresent(known -> {
            Map<String, Object> members = new LinkedHashMap<>();
            members.put("name", known.name());
            members.put("version", known.version());
            members.put("content_digest", known.contentDigest());
            checkpoint.put(BEFORE, members);
        });
        notConfirmed.ifPresent(why -> checkpoint.put(NOT_CONFIRMED, why));
        return checkpoint;
    }

    BringPlan takenBack(String why) {
        return new BringPlan(version, requires, missing, before, Optional.of(why));
    }

    String label() {
        return version.name() + ' ' + version.version();
    }

    private static Optional<Before> before(Object stored) {
        return stored instanceof Map<?, ?> members
                ? Optional.of(new Before((String) members.get("name"),
                        (String) members.get("version"), (String) members.get("content_digest")))
                : Optional.empty();
    }

    private static List<String> texts(Object stored) {
        return stored instanceof List<?> items
                ? items.stream().map(String::valueOf).toList() : List.of();
    }
}
