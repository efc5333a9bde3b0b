package io.adaos.hub.sdk;

import com.fasterxml.jackson.databind.JsonNode;
import io.adaos.hub.sdk.wire.HubReply;
import java.time.Duration;
import java.util.OptionalLong;

/**
 * What became of a value that was set. The first three are durable; after the next two the client
 * goes on by itself until the value is durable, overtaken by a newer one, or refused for good.
 */
public sealed interface SetOutcome {

    /** Whether the value, or a newer one of the same slot, is in the hub's log. */
    default boolean isDurable() {
        return false;
    }

    /** The document holds it, and did not before; details have generation 0. */
    record Applied(String path, long generation) implements SetOutcome {
        @Override
        public boolean isDurable() {
            return true;
        }
    }

    /** The document held it already; the hub said so now, or within {@code confirmedFor}. */
    record Unchanged(long generation) implements SetOutcome {
        @Override
        public boolean isDurable() {
            return true;
        }
    }

    /** A newer value of the slot stands for it, and is durable. */
    record Coalesced(OptionalLong generation) implements SetOutcome {
        @Override
        public boolean isDurable() {
            return true;
        }
    }

    /** The hub holds it in memory and writes it later; a crash of the hub would lose it there. */
    record Deferred(String reason, Duration retryAfter) implements SetOutcome {
    }

    /** No answer came in time: it may be in the document or not. */
    record Unanswered(String why) implements SetOutcome {
    }

    /**
     * The hub refused it and will not write it. The old value stays; unless an earlier request
     * with the same value was left without an answer.
     */
    record Refused(Refusal refusal) implements SetOutcome {
    }

    /** What an answer to a write or to details says. */
    static SetOutcome of(HubReply reply) {
        if (reply.isUnclear()) {
            return new Unanswered("the hub answered with status " + reply.status()
                    + " and without words");
        }
        if (!reply.isTaken()) {
            return new Refused(Refusal.of(reply));
        }
        JsonNode body = reply.body();
        String outcome = body.path("outcome").asText();
        OptionalLong generation = body.path("generation").isIntegralNumber()
                ? OptionalLong.of(body.path("generation").asLong()) : OptionalLong.empty();
        if (!body.path("level").asText("accepted").equals("accepted")
                || outcome.equals("coalesced")) {
            return switch (outcome) {
                case "applied" -> new Applied(
                        body.path("path").asText(), generation.orElse(0));
                case "unchanged" -> new Unchanged(generation.orElse(0));
                default -> new Coalesced(generation);
            };
        }
        return new Deferred(body.path("reason").asText(outcome),
                reply.retryAfter().orElse(Duration.ofSeconds(1)));
    }
}
