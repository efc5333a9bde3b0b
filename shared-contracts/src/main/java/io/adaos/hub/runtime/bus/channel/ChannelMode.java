package io.adaos.hub.runtime.bus.channel;

import java.util.Locale;

/** How a channel reads. */
enum ChannelMode {
    /** Every message of a stream, in order, for this process alone; nothing is acknowledged. */
    ORDERED,
    /** A work queue: each message goes to one process and comes again until it is acknowledged. */
    DURABLE,
    /** Core NATS: what is said now, or missed. */
    CORE;

    static ChannelMode of(String word) {
        for (ChannelMode mode : values()) {
            if (mode.name().toLowerCase(Locale.ROOT).equals(word)) {
                return mode;
            }
        }
        throw new IllegalArgumentException("mode must be ordered, durable or core: '" + word + "'");
    }
}
