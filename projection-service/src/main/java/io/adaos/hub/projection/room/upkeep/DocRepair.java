package io.adaos.hub.projection.room.upkeep;

import io.adaos.hub.projection.room.branch.BranchWrite;
import java.util.List;
import java.util.Map;

/** Knows what older writers have left in documents that must not be there. */
@FunctionalInterface
public interface DocRepair {

    /** In whose name a document is repaired. */
    String OWNER = "core:repair";

    /** Why it is written then. */
    String CAUSE = "live_room_repair";

    /**
     * What has to be written; nothing when the document is in order, also after these writes.
     *
     * @param roots the document as plain JSON
     */
    List<BranchWrite> plan(Map<String, Object> roots);
}
