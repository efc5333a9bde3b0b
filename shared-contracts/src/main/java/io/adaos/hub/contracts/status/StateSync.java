package io.adaos.hub.contracts.status;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonValue;
import io.adaos.hub.contracts.id.WebspaceId;
import java.util.List;

/**
 * Whether the shared state of a webspace is complete, correct and current. Nulls are written.
 *
 * @param lastGoodSyncAt when all was complete and fresh, null when it never was
 * @param lastMaterializationAt when a client last proved to have the newest generation, or the log
 *     took it while no client was there; null when neither has happened
 * @param replay how the room was restored, null while it is not live
 * @param blockers what keeps it from being ready, and nothing else
 */
@JsonInclude(JsonInclude.Include.ALWAYS)
public record StateSync(
        WebspaceId webspaceId,
        Transport transportState,
        FirstSync firstSyncState,
        Semantic semanticState,
        Freshness freshnessState,
        EpochSeconds lastGoodSyncAt,
        EpochSeconds lastMaterializationAt,
        Replay replay,
        Fallback fallbackMode,
        List<String> blockers) {

    public StateSync {
        blockers = List.copyOf(blockers);
    }

    /** Whether the room serves: with log and sources, without one of them, or not at all. */
    public enum Transport implements WireWord {
        ATTACHED, DEGRADED, DISCONNECTED;

        @Override
        @JsonValue
        public String wire() {
            return WireWord.super.wire();
        }
    }

    /** Whether the room was restored and every source listed once; 15 s are enough for that. */
    public enum FirstSync implements WireWord {
        PENDING, COMPLETE, TIMEOUT;

        @Override
        @JsonValue
        public String wire() {
            return WireWord.super.wire();
        }
    }

    /** Whether what is shown is what the sources say; the order is that of severity. */
    public enum Semantic implements WireWord {
        READY, DEGRADED, STALE;

        @Override
        @JsonValue
        public String wire() {
            return WireWord.super.wire();
        }
    }

    /** Age of the last proof that nothing newer exists; the order is that of severity. */
    public enum Freshness implements WireWord {
        FRESH, AGING, STALE;

        @Override
        @JsonValue
        public String wire() {
            return WireWord.super.wire();
        }
    }

    /** Whether a full state stands in for ordinary sync. */
    public enum Fallback implements WireWord {
        OFF, ONE_SHOT_RECOVERY, HARD_DEGRADED_RECOVERY;

        @Override
        @JsonValue
        public String wire() {
            return WireWord.super.wire();
        }
    }

    /**
     * How the room was restored.
     *
     * @param cursor updates in the log since the last snapshot, and after how many comes the next:
     *     {@code 3/1000}
     */
    public record Replay(Mode mode, String cursor) {

        /** From what a room is restored: a snapshot and what came after, or the log alone. */
        public enum Mode implements WireWord {
            SNAPSHOT_PLUS_DIFF, DIFF;

            @Override
            @JsonValue
            public String wire() {
                return WireWord.super.wire();
            }
        }
    }
}
