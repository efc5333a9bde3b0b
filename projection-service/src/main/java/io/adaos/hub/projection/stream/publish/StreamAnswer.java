package io.adaos.hub.projection.stream.publish;

import com.fasterxml.jackson.annotation.JsonInclude;
import io.adaos.hub.contracts.id.OwnerId;

/**
 * What a publisher is told.
 *
 * @param outcome {@code published}, {@code unchanged} or {@code coalesced}
 * @param topic under which readers see it
 * @param receivers sockets that it was sent to; 0 while it waits or was known
 * @param bytes of the payload as JSON without blanks
 * @param sentInMs when it goes out, if no newer one comes; null unless it waits
 * @param warning null when there is none
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record StreamAnswer(String outcome, String topic, OwnerId owner, int receivers, int bytes,
        Long sentInMs, String warning, String correlationId) {

    StreamAnswer as(String newOutcome, int newReceivers, Long newSentInMs) {
        return new StreamAnswer(newOutcome, topic, owner, newReceivers, bytes, newSentInMs,
                warning, correlationId);
    }
}
