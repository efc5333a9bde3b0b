package io.adaos.hub.projection.ystore;

import io.adaos.hub.contracts.id.WebspaceId;
import java.util.Collection;
import java.util.List;
import java.util.concurrent.CompletionStage;

/** What recovery could not use, kept until an operator has decided what becomes of it. */
public interface SetAsideStore {

    /**
     * Moves the damaged part of a document here, and uses up its generations. The stage fails,
     * and nothing is moved, when the lease is over.
     */
    CompletionStage<Void> move(Lease lease, RecoveredDoc.Damage damage, String name);

    /** What there is of a webspace, by name. */
    CompletionStage<List<SetAside>> list(WebspaceId webspace);

    /** The updates under a name, intact or not; a snapshot first, then oldest first. */
    CompletionStage<List<LogRow>> read(WebspaceId webspace, String name);

    /** Deletes updates for good; how many there were. */
    CompletionStage<Integer> drop(
            WebspaceId webspace, String name, Collection<Long> generations);
}
