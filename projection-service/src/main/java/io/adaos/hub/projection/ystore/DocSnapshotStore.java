package io.adaos.hub.projection.ystore;

import io.adaos.hub.contracts.id.WebspaceId;
import java.util.Optional;
import java.util.concurrent.CompletionStage;

/** The newest snapshot of each document; it stands for the log rows up to its generation. */
public interface DocSnapshotStore {

    /** The snapshot of a webspace, intact or not; empty before the first compaction. */
    CompletionStage<Optional<DocSnapshot>> newest(WebspaceId webspace);

    /**
     * Replaces the snapshot and removes the log rows up to its generation, in one transaction.
     * Does nothing and answers false when its epoch no longer holds the webspace.
     */
    CompletionStage<Boolean> compact(DocSnapshot snapshot);
}
