package io.adaos.hub.projection.governance;

import java.time.Duration;

/**
 * What the governor obeys besides the marks of the owners.
 *
 * @param enforced off: writes are measured and reported, never deferred or refused
 * @param failOpen what becomes of a write that cannot be judged: it passes, else it is refused
 * @param limits bounds of memory
 */
public record GovernanceSettings(boolean enforced, boolean failOpen, Limits limits) {

    public static final GovernanceSettings DEFAULT =
            new GovernanceSettings(true, true, Limits.DEFAULT);

    /** Bytes that may be pending, per owner, and apart from them per connection. */
    static final long PENDING_BYTES_MAX = 1 << 20;

    /** Paths that may be pending per owner, and raw updates per connection. */
    static final int PENDING_MAX = 256;

    /** What is reported on, and so how long a meter is needed at least. */
    static final long REPORTED_MILLIS = 60_000;

    /**
     * Bounds of memory.
     *
     * @param ownersMax meters at once; what comes beyond them is not judged, but counted
     * @param retiredMax owners whose counts are kept after their meter went; beyond them one sum
     * @param idle after how long without a write a meter goes; at least the minute it reports on
     */
    public record Limits(int ownersMax, int retiredMax, Duration idle) {

        public static final Limits DEFAULT = new Limits(4_096, 10_000, Duration.ofMinutes(10));

        public Limits {
            if (ownersMax < 1 || retiredMax < 0 || idle.compareTo(Duration.ofMinutes(1)) <= 0) {
                throw new IllegalArgumentException("owners from 1, retired from 0, idle above"
                        + " 1 min; not " + ownersMax + ", " + retiredMax + ", " + idle);
            }
        }
    }
}
