package io.adaos.hub.projection.stream;

import io.adaos.hub.projection.stream.topic.TopicPattern;

/** A part of the core that acts only while somebody listens; called under the hub's lock. */
public interface DemandWatch {

    /** A topic has got its first listener, or lost its last one; only takes it in. */
    void onDemand(TopicPattern topic, boolean isListenedTo);
}
