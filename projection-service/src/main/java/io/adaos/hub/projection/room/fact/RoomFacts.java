package io.adaos.hub.projection.room.fact;

import io.adaos.hub.contracts.status.StateSync.Fallback;

/**
 * What is known of a live room at one moment.
 *
 * @param filled operations and notifications have their branches in the document
 * @param replay how it would be restored now
 * @param publications its newest generations
 */
public record RoomFacts(RoomHealth health, boolean filled, Fallback fallback, Replay replay,
        Publications publications) {

    /**
     * What is in the store.
     *
     * @param snapshot there is one
     * @param rows updates after it
     * @param rowsMax so many make the next one
     */
    public record Replay(boolean snapshot, int rows, int rowsMax) {
    }
}
