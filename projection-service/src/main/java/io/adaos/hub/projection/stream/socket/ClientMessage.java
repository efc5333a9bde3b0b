package io.adaos.hub.projection.stream.socket;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import io.adaos.hub.runtime.http.HubJson;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** What a client says on the event socket. */
sealed interface ClientMessage {

    int TOPICS_MAX = 64;
    int ID_CHARS_MAX = 512;

    /** The mark that the answer carries, a text or a whole number; empty when there is none. */
    Optional<JsonNode> id();

    /** It wants to listen to these topics. */
    record Subscribe(Optional<JsonNode> id, List<String> topics) implements ClientMessage {
    }

    /** It no longer wants to. */
    record Unsubscribe(Optional<JsonNode> id, List<String> topics) implements ClientMessage {
    }

    /** It wants to know whether anybody is there. */
    record Ping(Optional<JsonNode> id) implements ClientMessage {
    }

    /** It wants something done. */
    record Command(Optional<JsonNode> id, String kind, JsonNode payload)
            implements ClientMessage {
    }

    /** It cannot be understood. */
    record Faulty(Optional<JsonNode> id, String detail) implements ClientMessage {
    }

    /** Reads a message; members that are not known are left alone. */
    static ClientMessage read(String text) {
        JsonNode message;
        try {
            message = HubJson.mapper().readTree(text);
        } catch (JsonProcessingException e) {
            return new Faulty(Optional.empty(), "The message is not JSON");
        }
        if (message == null || !message.isObject()) {
            return new Faulty(Optional.empty(), "A message is a JSON object");
        }
        JsonNode mark = message.path("id");
        boolean marked = mark.isTextual() && mark.textValue().length() <= ID_CHARS_MAX
                || mark.isIntegralNumber() && mark.canConvertToLong();
        Optional<JsonNode> id = marked ? Optional.of(mark) : Optional.empty();
        if (!marked && !mark.isMissingNode() && !mark.isNull()) {
            return new Faulty(id, "'id' is a text of at most 512 characters, or a whole number");
        }
        return switch (message.path("type").asText("")) {
            case "subscribe" -> topics(id, message, true);
            case "unsubscribe" -> topics(id, message, false);
            case "ping" -> new Ping(id);
            default -> command(id, message);
        };
    }

    private static ClientMessage topics(
            Optional<JsonNode> id, JsonNode message, boolean subscribe) {
        JsonNode listed = message.path("topics");
        if (!listed.isArray() || listed.isEmpty() || listed.size() > TOPICS_MAX) {
            return new Faulty(id, "'topics' is a list of 1 to " + TOPICS_MAX + " texts");
        }
        List<String> topics = new ArrayList<>();
        for (JsonNode topic : listed) {
            if (!topic.isTextual()) {
                return new Faulty(id, "Every topic is a text");
            }
            topics.add(topic.textValue());
        }
        return subscribe ? new Subscribe(id, topics) : new Unsubscribe(id, topics);
    }

    private static ClientMessage command(Optional<JsonNode> id, JsonNode message) {
        boolean isCommand = message.path("ch").asText("").equals("events")
                && message.path("t").asText("").equals("cmd")
                && message.path("kind").isTextual();
        return isCommand
                ? new Command(id, message.path("kind").textValue(), message.path("payload"))
                : new Faulty(id, "This is neither a subscription nor a command of channel events");
    }
}
