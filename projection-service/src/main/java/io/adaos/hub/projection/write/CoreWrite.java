package io.adaos.hub.projection.write;

import io.adaos.hub.contracts.id.OwnerId;
import io.adaos.hub.contracts.id.WebspaceId;
import io.adaos.hub.projection.governance.evidence.WriteCause;
import java.util.List;

/** Writes of a part of the hub itself, which become visible together or not at all. */
public record CoreWrite(
        WebspaceId webspace, OwnerId owner, WriteCause cause, List<ProjectionWrite> writes) {
    public CoreWrite {
        if (!owner.isCore()) {
            throw new IllegalArgumentException("not a part of the hub: " + owner);
        }
        writes = List.copyOf(writes);
    }
}
