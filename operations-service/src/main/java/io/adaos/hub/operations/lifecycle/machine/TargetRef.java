package io.adaos.hub.operations.lifecycle.machine;

import io.adaos.hub.contracts.id.ArtifactRef;
import io.adaos.hub.contracts.id.NodeId;
import java.util.regex.Pattern;

/**
 * What an operation works on, and where: at most one active operation has the same target.
 *
 * @param kind such as {@code skill}; the part of an operation's kind before the dot
 * @param id name of the thing, in the grammar of artifact ids
 */
public record TargetRef(String kind, String id, NodeId node) {

    private static final Pattern KIND = Pattern.compile("[a-z][a-z_]{0,31}");

    public TargetRef {
        if (kind == null || !KIND.matcher(kind).matches()) {
            throw new IllegalArgumentException("target kind must match " + KIND.pattern());
        }
        if (id == null || !ArtifactRef.NAME.matcher(id).matches()) {
            throw new IllegalArgumentException(
                    "target id must match " + ArtifactRef.NAME.pattern());
        }
    }

    /** {@code skill:weather_skill}, the form used in scopes and messages. */
    public String label() {
        return kind + ':' + id;
    }
}
