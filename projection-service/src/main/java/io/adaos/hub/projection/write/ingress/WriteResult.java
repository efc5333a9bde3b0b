package io.adaos.hub.projection.write.ingress;

import io.adaos.hub.contracts.error.HubException;

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
            return refusal.problem(owner, path, nowMillis);
        }

        /** Whole seconds for Retry-After; 0 when waiting does not help. */
        long retryAfterSeconds() {
            return refusal.retryAfterMillis().map(millis -> (millis + 999) / 1000).orElse(0L);
        }
    }
}
