package io.adaos.hub.projection.room.upkeep;

import io.adaos.hub.contracts.id.WebspaceId;
import java.util.List;

/** Knows which branches others than the server may write by raw updates. */
@FunctionalInterface
public interface DirectPaths {

    /**
     * Whether a credential of a skill or a person may write this branch directly, something in it,
     * or something that holds it. Called by writers of rooms; must be quick.
     *
     * @param branch a root and the segments below it, unescaped
     */
    boolean mayBeWritten(WebspaceId webspace, List<String> branch);
}
