package io.adaos.hub.projection.write.ingress;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonValue;
import io.adaos.hub.contracts.id.OwnerId;
import io.adaos.hub.projection.governance.evidence.WriteReason;
import io.adaos.hub.projection.write.body.WriteWait;
import java.util.Locale;

/**
 * What a writer is told of a write that was not refused. Members that say nothing are absent.
 *
 * @param status HTTP status of the write; only in a batch
 * @param level how far it got
 * @param generation that holds it; of an unchanged one the newest
 * @param path where it went
 * @param reason why it was deferred
 * @param retryAfterMs milliseconds until the flush that brings a deferred write, at the earliest
 * @param sessions clients that acknowledge and have applied it; only of level materialized
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record WriteAnswer(Integer status, Outcome outcome, WriteWait.Level level, Long generation,
        OwnerId owner, String path, WriteReason reason, Long retryAfterMs, Integer sessions,
        String correlationId) {

    /** What became of the write. */
    public enum Outcome {
        /** The document holds it, and did not before. */
        APPLIED,
        /** The document held it already. */
        UNCHANGED,
        /** A newer write of the same path stands for it. */
        COALESCED,
        /** It waits in memory. */
        DEFERRED,
        /** Nothing was changed. */
        REFUSED;

        /** The word on the wire. */
        @JsonValue
        public String wire() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    /** The status of its own: 202 while it is in memory only. */
    int ownStatus() {
        return level == WriteWait.Level.ACCEPTED ? 202 : 200;
    }

    /** The same as one of a batch. */
    WriteAnswer inBatch() {
        return new WriteAnswer(ownStatus(), outcome, level, generation, owner, path, reason,
                retryAfterMs, sessions, correlationId);
    }
}
