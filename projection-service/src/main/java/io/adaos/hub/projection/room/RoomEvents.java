package io.adaos.hub.projection.room;

import io.adaos.hub.contracts.id.WebspaceId;
import io.adaos.hub.projection.ystore.RecoveredDoc;

/** Hears what happens to rooms and others must be told. */
@FunctionalInterface
public interface RoomEvents {

    /** A damaged part of a document was moved away; who had written there must write again. */
    void setAside(WebspaceId webspace, RecoveredDoc.Damage damage);
}
