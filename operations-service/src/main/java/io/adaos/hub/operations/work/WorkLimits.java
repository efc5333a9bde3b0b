package io.adaos.hub.operations.work;

import java.time.Duration;

/**
 * How long nodes may take.
 *
 * @param leaseTtl after so long without a heartbeat work is offered again
 * @param patience work that nobody claims for so long is given up
 * @param attemptsMax work that was lost so often is given up
 */
public record WorkLimits(Duration leaseTtl, Duration patience, int attemptsMax) {

    /** Work that nobody waits for is kept so long for a node that is away. */
    static final Duration OUTLIVING = Duration.ofHours(24);

    public WorkLimits {
        if (attemptsMax < 1 || leaseTtl.toMillis() < 3 || patience.isNegative()) {
            throw new IllegalArgumentException("limits of work are positive");
        }
    }

    /** What a worker is told. */
    long heartbeatSeconds() {
        return Math.max(1, leaseTtl.toSeconds() / 3);
    }
}
