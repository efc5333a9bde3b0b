package io.adaos.hub.runtime.bus.channel;

import io.adaos.hub.contracts.bus.HubStreams;
import java.time.Duration;
import java.util.Arrays;
import java.util.Optional;
import org.eclipse.microprofile.config.Config;

/**
 * What {@code mp.messaging.incoming.<channel>.*} says about a channel.
 *
 * @param stream empty for {@code core}
 * @param subject filter; for a stream by default everything in it
 * @param durable name of a work queue, {@code <service>-<feature>}
 * @param inFlightMax messages of a work queue that may wait for their acknowledgement
 * @param retryDelay before the first redelivery of a failed message; doubles up to a minute
 * @param ackWait after which a message of a work queue nobody acknowledged is delivered again
 */
record ChannelSettings(
        String channel,
        ChannelMode mode,
        Optional<HubStreams> stream,
        String subject,
        Optional<String> durable,
        int inFlightMax,
        Duration retryDelay,
        Duration ackWait) {

    private static final int IN_FLIGHT_DEFAULT = 64;
    private static final Duration RETRY_DEFAULT = Duration.ofSeconds(1);
    private static final Duration ACK_WAIT_DEFAULT = Duration.ofSeconds(30);

    static ChannelSettings of(Config config) {
        String channel = config.getValue("channel-name", String.class);
        try {
            return read(config, channel);
        } catch (IllegalArgumentException e) {
            throw new IllegalArgumentException("channel '" + channel + "': " + e.getMessage(), e);
        }
    }

    private static ChannelSettings read(Config config, String channel) {
        ChannelMode mode = ChannelMode.of(required(config, "mode"));
        Optional<HubStreams> stream = mode == ChannelMode.CORE
                ? Optional.empty() : Optional.of(stream(required(config, "stream")));
        String subject = config.getOptionalValue("subject", String.class)
                .orElseGet(() -> stream.map(found -> found.subjects().get(0))
                        .orElseThrow(() -> new IllegalArgumentException("'subject' is missing")));
        Optional<String> durable = mode == ChannelMode.DURABLE
                ? Optional.of(required(config, "durable")) : Optional.empty();
        return new ChannelSettings(channel, mode, stream, subject, durable,
                config.getOptionalValue("in-flight", Integer.class).orElse(IN_FLIGHT_DEFAULT),
                config.getOptionalValue("retry-delay", Duration.class).orElse(RETRY_DEFAULT),
                config.getOptionalValue("ack-wait", Duration.class).orElse(ACK_WAIT_DEFAULT));
    }

    private static String required(Config config, String name) {
        return config.getOptionalValue(name, String.class)
                .orElseThrow(() -> new IllegalArgumentException("'" + name + "' is missing"));
    }

    private static HubStreams stream(String word) {
        return Arrays.stream(HubStreams.values())
                .filter(stream -> stream.name().equals(word))
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException("no such stream: " + word));
    }
}
