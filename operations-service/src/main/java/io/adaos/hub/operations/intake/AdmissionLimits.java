package io.adaos.hub.operations.intake;

import io.adaos.hub.operations.lifecycle.ActiveCounts;
import java.util.Optional;

/**
 * How many operations may be under way or in line.
 *
 * @param total of everybody
 * @param perKind of one kind
 * @param perInitiator of one initiator
 */
public record AdmissionLimits(int total, int perKind, int perInitiator) {
    public AdmissionLimits {
        if (total < 1 || perKind < 1 || perInitiator < 1) {
            throw new IllegalArgumentException("a limit lets at least one operation in");
        }
    }

    /** Why one more of this kind and initiator is too many, if it is. */
    Optional<String> refusal(ActiveCounts active, String kind, String initiator) {
        if (active.ofInitiator(initiator) >= perInitiator) {
            return Optional.of(initiator + " has " + active.ofInitiator(initiator)
                    + " operations under way, " + perInitiator + " are allowed");
        }
        if (active.ofKind(kind) >= perKind) {
            return Optional.of(active.ofKind(kind) + " operations of kind " + kind
                    + " are under way, " + perKind + " are allowed");
        }
        if (active.total() >= total) {
            return Optional.of(active.total() + " operations are under way, " + total
                    + " are allowed");
        }
        return Optional.empty();
    }
}
