package io.adaos.hub.runtime.outbox.relay;

import com.fasterxml.jackson.databind.util.RawValue;
import io.adaos.hub.contracts.bus.EventEnvelope;
import io.adaos.hub.contracts.bus.HubStreams;
import io.adaos.hub.contracts.bus.HubSubjects;
import io.adaos.hub.runtime.bus.EventCodec;
import java.util.Arrays;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/** Turns a numbered row into the message that goes out; one row always gives the same bytes. */
final class FactEncoder {

    private final String service;
    private final Set<String> planes;

    FactEncoder(String service) {
        this.service = service;
        this.planes = Arrays.stream(HubStreams.values())
                .filter(stream -> stream.service().equals(service))
                .map(HubStreams::plane)
                .collect(Collectors.toUnmodifiableSet());
    }

    /** A message: where it goes, the id by which duplicates are dropped, and its bytes. */
    record Encoded(String subject, String messageId, byte[] bytes) {
    }

    /** What a message says: the fact, or that it could not be published. */
    private record Content(String subject, String type, Object data) {
    }

    /** Why no stream of this service would ever take the row, if so. */
    Optional<String> unroutable(NumberedFact fact) {
        return planes.contains(plane(fact))
                ? Optional.empty()
                : Optional.of("no stream of " + service + " takes the subject " + fact.subject());
    }

    /** The message of a row: the fact itself, or its tombstone when it is parked. */
    Encoded encode(String epoch, NumberedFact fact) {
        Content content = fact.parked() == null
                ? new Content(fact.subject(), fact.type(), new RawValue(fact.payload()))
                : tombstone(fact);
        return message(epoch, fact, content);
    }

    private Content tombstone(NumberedFact fact) {
        String plane = planes.contains(plane(fact)) ? plane(fact) : planes.iterator().next();
        return new Content(HubSubjects.parked(plane), "io.adaos.hub." + plane + ".parked.v1",
                Map.of("reason", fact.parked(), "type", fact.type()));
    }

    private Encoded message(String epoch, NumberedFact fact, Content content) {
        String id = service + "-" + epoch + "-" + fact.sequence();
        EventEnvelope<Object> event = new EventEnvelope<>(
                EventEnvelope.SPEC_VERSION, id, service, content.type(), fact.key(),
                fact.createdAt(), EventEnvelope.JSON, epoch, fact.sequence(),
                fact.correlationId(), content.data());
        return new Encoded(content.subject(), id, EventCodec.encode(event));
    }

    /** Third token of {@code hub.v1.<plane>.…}. */
    private static String plane(NumberedFact fact) {
        String[] tokens = fact.subject().split("\\.", 4);
        return tokens.length == 4 ? tokens[2] : "";
    }
}
