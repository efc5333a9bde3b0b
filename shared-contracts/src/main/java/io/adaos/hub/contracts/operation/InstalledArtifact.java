package io.adaos.hub.contracts.operation;

import com.fasterxml.jackson.annotation.JsonInclude;
import io.adaos.hub.contracts.catalog.ArtifactKind;
import io.adaos.hub.contracts.id.NodeId;
import io.adaos.hub.contracts.id.OperationId;
import java.time.Instant;
import java.util.List;

/**
 * An artifact that is on a node.
 *
 * @param status {@code activating} between the switch and its confirmation, then {@code installed}
 * @param contentDigest {@code sha256:<hex>}, names the folder below {@code workspace/.store}
 * @param revision +1 per change of this (node, kind, id), from 1
 * @param operationId the operation that put it there
 * @param requires ids of the skills that a scenario cannot do without; empty for skills
 */
public record InstalledArtifact(
        ArtifactKind kind,
        String id,
        String name,
        String version,
        NodeId nodeId,
        InstalledStatus status,
        String contentDigest,
        Instant installedAt,
        long revision,
        @JsonInclude(JsonInclude.Include.NON_NULL) OperationId operationId,
        @JsonInclude(JsonInclude.Include.NON_EMPTY) List<String> requires) {
    public InstalledArtifact {
        requires = requires == null ? List.of() : List.copyOf(requires);
    }
}
