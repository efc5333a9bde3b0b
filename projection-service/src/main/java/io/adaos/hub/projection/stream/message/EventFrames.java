package io.adaos.hub.projection.stream.message;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.io.JsonStringEncoder;
import io.adaos.hub.runtime.http.HubJson;
import java.time.Instant;

/** Messages of the event socket as JSON text; the shape is in {@code docs/streams.md}. */
public final class EventFrames {

    private static final JsonStringEncoder QUOTING = JsonStringEncoder.getInstance();

    private EventFrames() {
    }

    /**
     * Something that was published.
     *
     * @param payload JSON; it is taken as it is
     */
    public static String event(String kind, String payload, String source, long atMillis) {
        return "{\"ch\":\"events\",\"t\":\"evt\",\"kind\":" + quoted(kind)
                + ",\"payload\":" + payload
                + ",\"source\":" + quoted(source)
                + ",\"ts\":\"" + Instant.ofEpochMilli(atMillis) + "\"}";
    }

    /** Any value as JSON without blanks. */
    public static String json(Object value) {
        try {
            return HubJson.mapper().writeValueAsString(value);
        } catch (JsonProcessingException e) {
            throw new IllegalArgumentException("not a plain value: " + value.getClass(), e);
        }
    }

    private static String quoted(String text) {
        return '"' + String.valueOf(QUOTING.quoteAsString(text)) + '"';
    }
}
