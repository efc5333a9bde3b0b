package io.adaos.hub.projection.stream;

import io.adaos.hub.projection.stream.message.EventFrames;
import io.adaos.hub.projection.stream.message.StreamMessage;
import io.adaos.hub.projection.stream.topic.StreamPolicy;
import io.adaos.hub.projection.stream.topic.StreamTopic;

/**
 * A value that its owner wants to be seen.
 *
 * @param source the owner, as messages say it
 * @param payload JSON without blanks
 * @param bytes of it as UTF-8
 * @param atMillis since 1970
 */
public record Publication(StreamTopic topic, String source, String payload, int bytes,
        long atMillis, StreamPolicy policy) {

    /** Whether readers would see no difference. */
    boolean saysTheSame(Publication other) {
        return payload.equals(other.payload) && source.equals(other.source);
    }

    StreamMessage message() {
        String text = topic.text();
        return StreamMessage.value(
                text, EventFrames.event(text, payload, source, atMillis));
    }
}
