package io.adaos.hub.runtime.bus;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.JsonNode;
import io.adaos.hub.contracts.bus.EventEnvelope;
import io.adaos.hub.contracts.bus.ServiceHead;
import io.adaos.hub.runtime.http.HubJson;
import java.io.IOException;

/** CloudEvents 1.0 in structured JSON, checked on the way in. */
public final class EventCodec {

    /** Media type of a message that holds an event. */
    public static final String MEDIA_TYPE = "application/cloudevents+json";

    private static final TypeReference<EventEnvelope<JsonNode>> EVENT = new TypeReference<>() { };

    private EventCodec() {
    }

    /** The bytes of an event or head. */
    public static byte[] encode(Object message) {
        try {
            return HubJson.mapper().writeValueAsBytes(message);
        } catch (JsonProcessingException e) {
            throw new IllegalArgumentException("not a wire record: " + message.getClass(), e);
        }
    }

    /**
     * Reads an event.
     *
     * @throws TermEventException when it is not one; trying again cannot help
     */
    public static EventEnvelope<JsonNode> decode(byte[] bytes) {
        EventEnvelope<JsonNode> event;
        try {
            event = HubJson.mapper().readValue(bytes, EVENT);
        } catch (IOException e) {
            throw new TermEventException("not a CloudEvent: " + e.getMessage(), e);
        }
        if (event == null || !EventEnvelope.SPEC_VERSION.equals(event.specversion())) {
            throw new TermEventException("not a CloudEvent: specversion is not 1.0");
        }
        require("id", event.id());
        require("source", event.source());
        require("type", event.type());
        if (event.sequence() != null && (event.sequence() < 1 || event.epoch() == null)) {
            throw new TermEventException("event " + event.id() + ": hubsequence "
                    + event.sequence() + " with hubepoch " + event.epoch());
        }
        return event;
    }

    /**
     * Reads a head.
     *
     * @throws TermEventException when it is not one
     */
    public static ServiceHead decodeHead(byte[] bytes) {
        ServiceHead head;
        try {
            head = HubJson.mapper().readValue(bytes, ServiceHead.class);
        } catch (IOException e) {
            throw new TermEventException("not a head: " + e.getMessage(), e);
        }
        if (head == null || head.service() == null || head.epoch() == null || head.sequence() < 0) {
            throw new TermEventException("not a head: service, epoch or sequence is missing");
        }
        return head;
    }

    /**
     * The data of an event as the record its type names.
     *
     * @throws TermEventException when the data is not of that shape
     */
    public static <T> T data(EventEnvelope<JsonNode> event, Class<T> type) {
        try {
            T data = HubJson.mapper().treeToValue(event.data(), type);
            if (data == null) {
                throw new TermEventException("event " + event.id() + " has no data");
            }
            return data;
        } catch (JsonProcessingException e) {
            throw new TermEventException(
                    "event " + event.id() + " of type " + event.type() + ": " + e.getMessage(), e);
        }
    }

    private static void require(String attribute, String value) {
        if (value == null || value.isBlank()) {
            throw new TermEventException("not a CloudEvent: " + attribute + " is missing");
        }
    }
}
