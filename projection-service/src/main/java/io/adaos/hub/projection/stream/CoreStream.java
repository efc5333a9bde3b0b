package io.adaos.hub.projection.stream;

import io.adaos.hub.projection.stream.message.StreamMessage;
import io.adaos.hub.projection.stream.topic.StreamTopic;
import java.util.List;

/** Streams that the core publishes; they are the same in every webspace, and not kept. */
public interface CoreStream {

    /** What they are called. */
    List<String> receivers();

    /** What somebody is told who begins to listen to one of them. */
    List<StreamMessage> snapshot(StreamTopic topic);
}
