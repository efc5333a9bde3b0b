package io.adaos.hub.operations.intake;

import io.adaos.hub.contracts.error.HubErrorCode;
import io.adaos.hub.contracts.error.HubException;
import io.adaos.hub.contracts.operation.Initiator;
import io.adaos.hub.operations.lifecycle.ActiveCounts;
import io.adaos.hub.operations.lifecycle.OperationManager;
import io.smallrye.mutiny.Uni;
import java.time.Duration;

/**
 * Refuses early what would be too much, before anything is looked up or written.
 *
 * <p>Operations are counted four times a second while requests come, and what is let in meanwhile
 * is added, so a limit may be passed by what other processes let in within that time.
 */
final class AdmissionCheck {

    private static final Duration COUNTED_FOR = Duration.ofMillis(250);
    private static final Duration RETRY = Duration.ofSeconds(2);

    private final AdmissionLimits limits;
    private final Uni<ActiveCounts> active;

    AdmissionCheck(OperationManager operations, AdmissionLimits limits) {
        this.limits = limits;
        this.active = Uni.createFrom().deferred(operations::active)
                .memoize().forFixedDuration(COUNTED_FOR);
    }

    /** Fails with {@code too_many_operations}, or counts one more. */
    Uni<Void> admit(String kind, Initiator initiator) {
        String who = initiator.kind() + ':' + initiator.id();
        return active.invoke(counts -> {
            limits.refusal(counts, kind, who).ifPresent(detail -> {
                throw new HubException(HubErrorCode.TOO_MANY_OPERATIONS, detail).after(RETRY);
            });
            counts.add(kind, who, 1);
        }).replaceWithVoid();
    }
}
