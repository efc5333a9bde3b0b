package io.adaos.hub.contracts.rules;

import java.util.Optional;

/**
 * How one surface of a skill gets its data, as its manifest's {@code data_routes} says.
 *
 * @param surface what shows it, {@code modal:logs}
 * @param route {@code yjs}, {@code stream}, {@code tool}, {@code details}, … as written
 * @param slot {@code projection_slot}
 * @param receiver of a stream; may end in {@code *}
 */
public record DataRoute(String surface, String route, Optional<String> slot,
        Optional<String> receiver, Optional<String> path, Budget budget) {

    /**
     * What travels on it; members that are not declared are empty.
     *
     * @param maxBytes {@code max_payload_bytes} of one message
     * @param maxPublishHz messages a second
     * @param coalesceMillis time in which only the newest message counts
     */
    public record Budget(Optional<Integer> maxBytes, Optional<Integer> maxItems,
            Optional<Double> maxPublishHz, Optional<Integer> coalesceMillis,
            Optional<String> snapshotPolicy) {
    }

    /** Whether this route is a slot of the document. */
    public boolean isYjs() {
        return route.equals("yjs");
    }

    /** Whether it is read on demand and never kept in the document. */
    public boolean isDetails() {
        return route.equals("details") || route.equals("tool/details");
    }
}
