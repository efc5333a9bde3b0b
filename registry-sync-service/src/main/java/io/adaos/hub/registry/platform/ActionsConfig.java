package io.adaos.hub.registry.platform;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;

/** What an operator may set about actions: {@code hub.actions.*}, {@code HUB_ACTIONS_*}. */
@ConfigMapping(prefix = "hub.actions")
public interface ActionsConfig {

    /** Bytes of a request body; a schema cannot be larger. */
    @WithDefault("262144")
    int bodyBytesMax();
}
