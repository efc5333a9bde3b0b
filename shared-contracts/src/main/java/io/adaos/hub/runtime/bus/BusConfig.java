package io.adaos.hub.runtime.bus;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.time.Duration;
import java.util.Optional;

/** The connection to NATS, and the limits of the streams this service owns. */
@ConfigMapping(prefix = "hub.nats")
public interface BusConfig {

    /** {@code nats://user:password@host:port}, several separated by commas; absent: no bus. */
    Optional<String> url();

    /** Least time between two attempts to reach a server. */
    @WithDefault("250ms")
    Duration reconnectWait();

    /** The limits of this service's own streams. */
    Streams streams();

    /** Limits of a stream; whoever misses a fact reads the owner's list. */
    interface Streams {

        /** Facts older than this are dropped. */
        @WithDefault("24h")
        Duration maxAge();

        /** Bytes at most; the oldest facts are dropped first. */
        @WithDefault("268435456")
        long bytesMax();

        /** Copies in a cluster of servers. */
        @WithDefault("1")
        int replicas();
    }
}
