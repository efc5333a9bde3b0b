package io.adaos.hub.projection.stream.publish;

import io.adaos.hub.contracts.error.FieldProblem;
import io.adaos.hub.contracts.error.HubErrorCode;
import io.adaos.hub.contracts.error.HubException;
import io.adaos.hub.contracts.id.NodeId;
import io.adaos.hub.projection.stream.message.EventFrames;
import io.adaos.hub.projection.stream.topic.StreamPolicy;
import io.adaos.hub.projection.write.body.BodyReader;
import io.adaos.hub.projection.write.body.BodyValue;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.regex.Pattern;

/** The body of a publication. */
record StreamBody(Payload payload, Optional<NodeId> node, Optional<String> correlationId) {

    private static final Pattern CORRELATION_ID = Pattern.compile("[A-Za-z0-9._:-]{1,64}");
    private static final String PAYLOAD = "payload";
    private static final String NODE = "node_id";
    private static final String CORRELATION = "correlation_id";
    private static final Set<String> MEMBERS = Set.of(PAYLOAD, NODE, CORRELATION);

    /** What is published. */
    sealed interface Payload {

        /**
         * A value.
         *
         * @param bytes of it as UTF-8
         * @param items of its longest list
         */
        record Json(String text, int bytes, long items) implements Payload {
        }

        /** More than any stream may carry; it was measured and not kept. */
        record Oversized(long bytes) implements Payload {
        }

        /** No JSON value that can be passed on. */
        record Invalid(String detail) implements Payload {
        }
    }

    /** @throws HubException {@code body_invalid} */
    static StreamBody read(byte[] body) {
        BodyValue value = BodyReader.value(body);
        if (value instanceof BodyValue.Oversized oversized) {
            return of(new Payload.Oversized(oversized.size().bytes()));
        }
        if (value instanceof BodyValue.Invalid invalid) {
            return of(new Payload.Invalid(invalid.detail()));
        }
        BodyValue.Plain plain = (BodyValue.Plain) value;
        if (!(plain.plain() instanceof Map<?, ?> members)) {
            throw fault("", "malformed", "The body is an object with the member 'payload'");
        }
        for (Object name : members.keySet()) {
            if (!MEMBERS.contains(name)) {
                String text = name.toString();
                throw fault('/' + text.substring(0, Math.min(64, text.length())), "unknown",
                        "This is no member of a publication");
            }
        }
        if (!members.containsKey(PAYLOAD)) {
            throw fault('/' + PAYLOAD, "missing",
                    "'payload' is missing; to publish JSON's null, send it");
        }
        String text = EventFrames.json(members.get(PAYLOAD));
        Payload payload = StandardCharsets.UTF_8.newEncoder().canEncode(text)
                ? new Payload.Json(text, text.getBytes(StandardCharsets.UTF_8).length,
                        plain.size().items())
                : new Payload.Invalid("The payload has half a character (a lone surrogate)");
        return new StreamBody(payload,
                read(members, NODE, NodeId::new), read(members, CORRELATION, id -> {
                    if (!CORRELATION_ID.matcher(id).matches()) {
                        throw new IllegalArgumentException(
                                "'correlation_id' must match " + CORRELATION_ID);
                    }
                    return id;
                }));
    }

    /** Whether the payload is above what a stream may carry, and by how much of what. */
    Optional<Excess> over(StreamPolicy policy) {
        if (payload instanceof Payload.Oversized oversized) {
            return Optional.of(new Excess("bytes", oversized.bytes(), policy.maxBytes()));
        }
        if (!(payload instanceof Payload.Json json)) {
            return Optional.empty();
        }
        if (json.bytes() > policy.maxBytes()) {
            return Optional.of(new Excess("bytes", json.bytes(), policy.maxBytes()));
        }
        return json.items() > policy.maxItems()
                ? Optional.of(new Excess("items of one list", json.items(), policy.maxItems()))
                : Optional.empty();
    }

    /** One measure that is above what is allowed. */
    record Excess(String what, long observed, long limit) {
    }

    private static StreamBody of(Payload payload) {
        return new StreamBody(payload, Optional.empty(), Optional.empty());
    }

    private static <T> Optional<T> read(
            Map<?, ?> members, String name, Function<String, T> maker) {
        Object value = members.get(name);
        if (value == null) {
            return Optional.empty();
        }
        try {
            if (value instanceof String text) {
                return Optional.of(maker.apply(text));
            }
        } catch (IllegalArgumentException e) {
            throw fault('/' + name, "malformed", e.getMessage());
        }
        throw fault('/' + name, "malformed", "'" + name + "' is a text");
    }

    private static HubException fault(String at, String code, String message) {
        return new HubException(HubErrorCode.BODY_INVALID, message, List.of(new FieldProblem(
                at, code, message, "Send payload, node_id and correlation_id only")));
    }
}
