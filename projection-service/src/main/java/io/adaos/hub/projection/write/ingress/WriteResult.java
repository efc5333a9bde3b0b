package io.adaos.hub.projection.write.ingress;

import io.adaos.hub.contracts.error.HubException;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** How one write is answered. */
sealed interface WriteResult {

    /** Ties the answer to its request. */
    String correlationId();

    /** It was done, or will be. */
    record Done(WriteAnswer answer) implements WriteResult {
        @Override
        public String correlationId() {
            return answer.correlationId();
        }
    }

    /**
     * It was refused.
     *
     * @param owner empty text when there is none
     * @param path empty text when it is not known
     */
    record Refused(WriteRefusal refusal, String owner, String path, String correlationId,
            long nowMillis) implements WriteResult {

        /** The refusal with the members of an answer. */
        HubException problem() {
            Map<String, Object> members = new LinkedHashMap<>();
            members.put("outcome", WriteAnswer.Outcome.REFUSED.wire());
            members.put("reason", refusal.code().code());
            if (!owner.isEmpty()) {
                members.put("owner", owner);
            }
            if (!path.isEmpty()) {
                members.put("path", path);
            }
            refusal.observed().ifPresent(observed -> members.put("observed", observed));
            refusal.ownerAddress().ifPresent(
                    address -> members.put("owner_address", address));
            refusal.limit().ifPresent(limit -> members.put("limit", limit));
            refusal.retryAfterMillis().ifPresent(millis -> {
                members.put("retry_after_ms", millis);
                members.put("until", Instant.ofEpochMilli(nowMillis + millis).toString());
            });
            return new HubException(refusal.code(), refusal.detail(), List.of(), members);
        }

        /** Whole seconds for Retry-After; 0 when waiting does not help. */
        long retryAfterSeconds() {
            return refusal.retryAfterMillis().map(millis -> (millis + 999) / 1000).orElse(0L);
        }
    }
}
