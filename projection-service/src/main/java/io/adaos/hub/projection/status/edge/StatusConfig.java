package io.adaos.hub.projection.status.edge;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;

/** What there is to tell the status of, and where it is shown. */
@ConfigMapping(prefix = "hub.status")
interface StatusConfig {

    /** Whether this hub has a root it should be connected with; without one that is disabled. */
    @WithDefault("false")
    boolean root();

    /** Whether documents show it, as {@code runtime/status}. */
    @WithDefault("true")
    boolean document();
}
