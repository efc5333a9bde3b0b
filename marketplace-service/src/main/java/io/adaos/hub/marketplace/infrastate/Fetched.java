package io.adaos.hub.marketplace.infrastate;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.Optional;

/** What another service said, or why it said nothing that could be used. */
sealed interface Fetched {

    /** Its answer. */
    record Answered(JsonNode body) implements Fetched {
    }

    /**
     * It refused.
     *
     * @param problem the body of the refusal, an empty object when it had none
     */
    record Refused(int status, JsonNode problem) implements Fetched {

        /** The machine word of the refusal. */
        String code() {
            String code = problem.path("code").asText();
            return code.isEmpty() ? "http_" + status : code;
        }
    }

    /** It did not answer in time, or not at all. */
    record Away() implements Fetched {
    }

    /** The answer, when there is one. */
    default Optional<JsonNode> said() {
        return this instanceof Answered answered
                ? Optional.of(answered.body()) : Optional.empty();
    }
}
