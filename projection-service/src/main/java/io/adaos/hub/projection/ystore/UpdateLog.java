package io.adaos.hub.projection.ystore;

import io.adaos.hub.contracts.id.WebspaceId;
import java.util.List;
import java.util.concurrent.CompletionStage;

/**
 * Append-only log of document updates, one row per (webspace, generation).
 *
 * <p>A stage that fails says that the store could not be reached or did not answer in time; what
 * was asked may or may not have happened, and asking again is safe.
 */
public interface UpdateLog {

    /**
     * Commits one row, if its epoch still holds the webspace. Repeating it is harmless.
     *
     * @param row generation greater than all appended before
     */
    CompletionStage<AppendResult> append(LogRow row);

    /** All rows of a webspace above this generation, oldest first, intact or not. */
    CompletionStage<List<LogRow>> readAfter(WebspaceId webspace, long generation);
}
