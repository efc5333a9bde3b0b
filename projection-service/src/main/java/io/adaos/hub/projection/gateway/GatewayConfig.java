package io.adaos.hub.projection.gateway;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;

/** Settings of the socket for documents. */
@ConfigMapping(prefix = "hub.yws")
interface GatewayConfig {

    /** Bytes of one frame at most; a larger one closes the socket with 1009. */
    @WithDefault("16777216")
    int maxFrameBytes();
}
