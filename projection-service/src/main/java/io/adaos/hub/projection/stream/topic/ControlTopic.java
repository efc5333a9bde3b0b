package io.adaos.hub.projection.stream.topic;

import java.util.Arrays;
import java.util.Optional;

/** Topics on which publishers hear who wants their streams. */
public enum ControlTopic {
    /** A topic has got its first listener, or lost its last one. */
    SUBSCRIPTION_CHANGED("webio.stream.subscription.changed"),
    /** Somebody has subscribed and the value is wanted. */
    SNAPSHOT_REQUESTED("webio.stream.snapshot.requested");

    private final String text;

    ControlTopic(String text) {
        this.text = text;
    }

    /** The topic as it is on the wire. */
    public String text() {
        return text;
    }

    /** The control topic that this is, if it is one. */
    public static Optional<ControlTopic> of(String text) {
        return Arrays.stream(values()).filter(topic -> topic.text.equals(text)).findFirst();
    }
}
