package io.adaos.hub.projection.stream.socket;

import com.fasterxml.jackson.databind.JsonNode;
import io.adaos.hub.contracts.error.HubErrorCode;
import io.adaos.hub.contracts.error.HubException;
import io.adaos.hub.projection.stream.message.EventFrames;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Answers of the event socket as JSON text. */
final class Acks {

    private static final int QUOTED_CHARS_MAX = 80;

    private Acks() {
    }

    /** A topic that was not taken, and why. */
    record Refused(String topic, HubErrorCode error, String detail) {

        private Map<String, Object> wire() {
            return Map.of("topic", shown(topic), "error", error.code(), "detail", detail);
        }
    }

    /** It was done. */
    static String done(Optional<JsonNode> id, Object data) {
        Map<String, Object> ack = start(id, true);
        ack.put("data", data);
        return EventFrames.json(ack);
    }

    /** It was not done. */
    static String refused(Optional<JsonNode> id, HubException why) {
        return EventFrames.json(fault(id, why.code(), why.getMessage()));
    }

    /** These topics were taken, those not. */
    static String topics(Optional<JsonNode> id, List<String> taken, List<Refused> refused) {
        Map<String, Object> data = Map.of("topics", taken);
        if (refused.isEmpty()) {
            return done(id, data);
        }
        Map<String, Object> ack = fault(id, refused.get(0).error(), refused.get(0).detail());
        ack.put("data", data);
        ack.put("errors", refused.stream().map(Refused::wire).toList());
        return EventFrames.json(ack);
    }

    /** What came from outside, cut: it goes back to whoever sent it. */
    static String shown(String text) {
        return text.length() <= QUOTED_CHARS_MAX
                ? text : text.substring(0, QUOTED_CHARS_MAX) + "…";
    }

    private static Map<String, Object> fault(
            Optional<JsonNode> id, HubErrorCode error, String detail) {
        Map<String, Object> ack = start(id, false);
        ack.put("error", error.code());
        ack.put("detail", detail);
        ack.put("remedy", error.remedy());
        ack.put("retryable", error.retryable());
        return ack;
    }

    private static Map<String, Object> start(Optional<JsonNode> id, boolean ok) {
        Map<String, Object> ack = new LinkedHashMap<>();
        ack.put("ch", "events");
        ack.put("t", "ack");
        id.ifPresent(mark -> ack.put("id", mark));
        ack.put("ok", ok);
        return ack;
    }
}
