package io.adaos.hub.contracts.status;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonValue;
import io.adaos.hub.contracts.id.OwnerId;
import io.adaos.hub.contracts.id.WebspaceId;
import java.util.List;

/**
 * What an owner attempted to write into a webspace's document in the last 60 s, and what the hub
 * does about it. Nulls are written.
 *
 * @param directYjsWrite raw updates of a skill, which are judged apart from its projections
 * @param recentBytes attempted, as are the writes
 * @param peakBps bytes of the largest second, as are the writes in {@code peakWps}
 * @param target always {@code primary_shared_doc}
 * @param reason why the state is not {@code ok}; null when it is
 * @param blockedRoots roots attempted in the last 60 s, in state {@code block} only
 * @param throttledRoots the same in state {@code throttle}
 * @param counters since the service began
 */
@JsonInclude(JsonInclude.Include.ALWAYS)
public record YjsPressure(
        WebspaceId webspaceId,
        OwnerId owner,
        boolean directYjsWrite,
        long recentBytes,
        long recentWrites,
        double peakBps,
        double peakWps,
        PolicyState policyState,
        Target target,
        Reason reason,
        List<String> blockedRoots,
        List<String> throttledRoots,
        Counters counters) {

    public YjsPressure {
        blockedRoots = List.copyOf(blockedRoots);
        throttledRoots = List.copyOf(throttledRoots);
    }

    /** What the hub does: nothing, shows it, defers, refuses; the order is that of severity. */
    public enum PolicyState implements WireWord {
        OK, WARN, THROTTLE, BLOCK;

        @Override
        @JsonValue
        public String wire() {
            return WireWord.super.wire();
        }
    }

    /** What is pressed on. */
    public enum Target implements WireWord {
        PRIMARY_SHARED_DOC;

        @Override
        @JsonValue
        public String wire() {
            return WireWord.super.wire();
        }
    }

    /** Why a state is not {@code ok}. */
    public enum Reason implements WireWord {
        WRITE_AMPLIFICATION, BROAD_BRANCH_REWRITE, REPEATED_RESEED;

        @Override
        @JsonValue
        public String wire() {
            return WireWord.super.wire();
        }
    }

    /**
     * Writes since the service began.
     *
     * @param allowedTotal applied at once or later
     * @param throttledTotal deferred, whatever became of them
     * @param blockedTotal refused by state {@code block}
     */
    public record Counters(
            long attemptedTotal, long allowedTotal, long throttledTotal, long blockedTotal) {
    }
}
