package io.adaos.hub.runtime.bus;

import java.time.Duration;
import java.util.Optional;

/**
 * How to reach the bus.
 *
 * @param name shown by the server for this connection
 */
public record NatsSettings(Optional<String> url, String name, Duration reconnectWait) {

    /** Settings for one address with the usual patience. */
    public static NatsSettings of(String url, String name) {
        return new NatsSettings(Optional.of(url), name, Duration.ofMillis(250));
    }
}
