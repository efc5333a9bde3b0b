package io.adaos.hub.sdk;

import com.fasterxml.jackson.databind.JsonNode;
import io.adaos.hub.sdk.wire.HubReply;
import java.time.Duration;

/**
 * What became of a message of a stream. A stream is no truth: nothing is sent twice by itself, and
 * whoever missed a message asks for the newest value.
 */
public sealed interface PublishOutcome {

    /** It is on its way to so many sockets; with 0 nobody listens. */
    record Published(int receivers) implements PublishOutcome {
    }

    /** Equal to the value that was published last; nobody is told again. */
    record Unchanged() implements PublishOutcome {
    }

    /** Too soon after the last: sent by the hub after this time, unless a newer one comes. */
    record Coalesced(Duration sentIn) implements PublishOutcome {
    }

    /** A newer message was given to the client before this one could be sent. */
    record Overtaken() implements PublishOutcome {
    }

    /** No answer came. */
    record Unanswered(String why) implements PublishOutcome {
    }

    /** It was not published. */
    record Refused(Refusal refusal) implements PublishOutcome {
    }

    /** What an answer says. */
    static PublishOutcome of(HubReply reply) {
        if (reply.isUnclear()) {
            return new Unanswered("the hub answered with status " + reply.status()
                    + " and without words");
        }
        if (!reply.isTaken()) {
            return new Refused(Refusal.of(reply));
        }
        JsonNode body = reply.body();
        return switch (body.path("outcome").asText()) {
            case "unchanged" -> new Unchanged();
            case "coalesced" -> new Coalesced(
                    Duration.ofMillis(Math.max(0, body.path("sent_in_ms").asLong())));
            default -> new Published(body.path("receivers").asInt());
        };
    }
}
