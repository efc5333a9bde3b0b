package io.adaos.hub.projection.gateway;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.time.Duration;

/** Settings of the socket for documents. */
@ConfigMapping(prefix = "hub.yws")
public interface GatewayConfig {

    /** Bytes of one frame at most; a larger one closes the socket with 1009. */
    @WithDefault("16777216")
    int maxFrameBytes();

    /**
     * Changes of a document that come closer to each other than this reach its readers together;
     * one that comes alone is not delayed.
     */
    @WithDefault("20ms")
    Duration gatherWindow();
}
