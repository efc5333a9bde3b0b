package io.adaos.hub.projection.governance.evidence;

import io.adaos.hub.contracts.id.OwnerId;
import io.adaos.hub.contracts.id.WebspaceId;

/**
 * What is metered: one owner in one webspace, raw updates of skills apart from all else.
 *
 * @param direct raw updates of a skill, which have a meter and a level of their own
 */
public record OwnerKey(String webspaceId, OwnerId owner, boolean direct) {

    /** Where writes are counted that name a webspace that does not exist; no webspace's name. */
    private static final String NOWHERE = "?";

    /** The meter of governed writes, and of raw updates of people and operators. */
    public static OwnerKey of(WebspaceId webspace, OwnerId owner) {
        return new OwnerKey(webspace.value(), owner, false);
    }

    /** The meter of raw updates of a skill. */
    public static OwnerKey direct(WebspaceId webspace, OwnerId owner) {
        return new OwnerKey(webspace.value(), owner, true);
    }

    /** The meter of writes to webspaces that do not exist. */
    public static OwnerKey nowhere(OwnerId owner) {
        return new OwnerKey(NOWHERE, owner, false);
    }

    /** Whether the owner is part of the hub: measured, reported, warned and nothing more. */
    public boolean isCore() {
        return owner.isCore();
    }
}
