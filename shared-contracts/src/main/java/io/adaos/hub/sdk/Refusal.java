package io.adaos.hub.sdk;

import com.fasterxml.jackson.databind.JsonNode;
import io.adaos.hub.contracts.error.HubErrorCode;
import io.adaos.hub.sdk.wire.CanonicalJson;
import io.adaos.hub.sdk.wire.HubReply;
import java.time.Duration;
import java.util.Optional;

/**
 * Why something was not done, and what to do.
 *
 * @param reason stable word, such as {@code projection_rule_missing}
 * @param retryable the same may be taken later
 * @param retryAfter the hub's own time for that
 * @param observed what was measured, where the reason is a limit
 * @param limit what it was compared with
 */
public record Refusal(String reason, String detail, String remedy, boolean retryable,
        Optional<Duration> retryAfter, Optional<Double> observed, Optional<Double> limit) {

    /** A refusal of this library, with nothing measured. */
    static Refusal local(String reason, String detail, String remedy, boolean retryable) {
        return new Refusal(reason, detail, remedy, retryable,
                Optional.empty(), Optional.empty(), Optional.empty());
    }

    /** The same words as the hub's, for what need not be sent to know them. */
    static Refusal of(CanonicalJson.NotSendable fault) {
        boolean isTooLarge = fault.bytes() > 0;
        HubErrorCode code = isTooLarge
                ? HubErrorCode.PAYLOAD_BUDGET_EXCEEDED : HubErrorCode.VALUE_INVALID;
        return new Refusal(code.code(), fault.getMessage(), code.remedy(), false, Optional.empty(),
                isTooLarge ? Optional.of((double) fault.bytes()) : Optional.empty(),
                isTooLarge ? Optional.of((double) CanonicalJson.BYTES_MAX) : Optional.empty());
    }

    /** What a problem body says; of an answer without one, what its status says. */
    static Refusal of(HubReply reply) {
        JsonNode body = reply.body();
        return new Refusal(
                body.path("code").asText("status_" + reply.status()),
                body.path("detail").asText("The hub answered with status " + reply.status()),
                body.path("remedy").asText("Look at the address and the credential of the skill"),
                body.path("retryable").asBoolean(reply.status() == 429),
                reply.retryAfter(), number(body, "observed"), number(body, "limit"));
    }

    private static Optional<Double> number(JsonNode body, String name) {
        JsonNode value = body.path(name);
        return value.isNumber() ? Optional.of(value.asDouble()) : Optional.empty();
    }
}
