package io.adaos.hub.projection.stream;

import io.adaos.hub.projection.stream.message.StreamMessage;
import io.adaos.hub.projection.stream.topic.TopicPattern;

/** One reader of streams; called under the hub's lock, so it only takes the message in. */
public interface StreamListener {

    /** Takes a message for sending; never waits. */
    void offer(StreamMessage message);

    /** Whether it may publish streams that somebody listens to so, and thus hears of it. */
    boolean mayServe(TopicPattern wanted);
}
