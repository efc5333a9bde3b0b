package io.adaos.hub.projection.card;

import io.adaos.hub.contracts.error.HubErrorCode;
import java.time.Duration;

/** What has become of a claim. */
sealed interface Publication {

    /** It is held, and says something new. */
    record Changed(HeldCard card) implements Publication {
    }

    /** It is held, and says what it said before. */
    record Unchanged(HeldCard card) implements Publication {
    }

    /**
     * It is not held; what was held before stays.
     *
     * @param observed what was too much, when that was it; else 0
     * @param limit how much would have been taken, else 0
     * @param retryAfter zero when coming back is of no use
     */
    record Refused(HubErrorCode code, String detail, long observed, long limit,
            Duration retryAfter) implements Publication {

        static Refused of(HubErrorCode code, String detail) {
            return new Refused(code, detail, 0, 0, Duration.ZERO);
        }

        static Refused full(String detail, long limit, Duration retryAfter) {
            return new Refused(HubErrorCode.RATE_LIMITED, detail, limit, limit, retryAfter);
        }
    }
}
