package io.adaos.hub.projection.room.lease;

import io.adaos.hub.projection.ystore.Lease;

/** How sure this process may be that one lease is still its own. Safe for any thread. */
public final class Tenure {

    private final Lease lease;
    private final long firstEpoch;
    private final long doubtAfterNanos;
    private volatile long provenNanos;
    private volatile boolean over;
    private Runnable onLost = () -> { };

    /**
     * @param firstEpoch of the tenures of this process without another's between them
     * @param provenNanos a moment before the store was asked for the lease
     */
    Tenure(Lease lease, long firstEpoch, long doubtAfterNanos, long provenNanos) {
        this.lease = lease;
        this.firstEpoch = firstEpoch;
        this.doubtAfterNanos = doubtAfterNanos;
        this.provenNanos = provenNanos;
    }

    public Lease lease() {
        return lease;
    }

    /** Whether nobody else has owned the webspace since this epoch, in which we did. */
    public boolean isUnbrokenSince(long epoch) {
        return epoch >= firstEpoch;
    }

    /** Whether nobody else can be the owner; false as well when that is not known. */
    public boolean isCertain() {
        return !over && System.nanoTime() - provenNanos < doubtAfterNanos;
    }

    /** Calls this once, when somebody else has become the owner; at once if that is so already. */
    public void onLost(Runnable listener) {
        synchronized (this) {
            if (!over) {
                onLost = listener;
                return;
            }
        }
        listener.run();
    }

    /** The store has said so, when it was asked at this moment. */
    void proven(long askedNanos) {
        if (askedNanos - provenNanos > 0) {
            provenNanos = askedNanos;
        }
    }

    void lose() {
        Runnable listener;
        synchronized (this) {
            if (over) {
                return;
            }
            over = true;
            listener = onLost;
        }
        listener.run();
    }
}
