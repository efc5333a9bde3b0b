package io.adaos.hub.projection.room.fact;

import io.adaos.hub.contracts.status.StateSync.Fallback;
import java.util.Locale;
import java.util.concurrent.atomic.LongAdder;

/**
 * How often a full state stood in for ordinary sync, in all rooms of this process. Safe for use by
 * any thread.
 */
public final class SnapshotFallbacks {

    /** Why. */
    public enum Reason {
        /** A client knew what the document had lost, and was told to load it anew. */
        LOG_SET_ASIDE(Fallback.ONE_SHOT_RECOVERY),
        /** The log took nothing, and a document made of what it holds was shown instead. */
        STORE_LOST(Fallback.HARD_DEGRADED_RECOVERY);

        private final Fallback mode;

        Reason(Fallback mode) {
            this.mode = mode;
        }

        /** The word on the wire. */
        public String wire() {
            return name().toLowerCase(Locale.ROOT);
        }

        /** What it shows as. */
        public Fallback mode() {
            return mode;
        }
    }

    private final LongAdder setAside = new LongAdder();
    private final LongAdder storeLost = new LongAdder();

    /** It has happened once more. */
    public void count(Reason reason) {
        counter(reason).increment();
    }

    /** How often for this reason. */
    public long of(Reason reason) {
        return counter(reason).sum();
    }

    /** How often in all. */
    public long total() {
        return setAside.sum() + storeLost.sum();
    }

    private LongAdder counter(Reason reason) {
        return switch (reason) {
            case LOG_SET_ASIDE -> setAside;
            case STORE_LOST -> storeLost;
        };
    }
}
