package io.adaos.hub.operations.platform;

import io.adaos.hub.contracts.id.NodeId;
import io.adaos.hub.operations.work.WorkLimits;
import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/** The knobs of work on other nodes. */
@ConfigMapping(prefix = "hub.work")
public interface WorkConfig {

    /** After so long without a heartbeat a worker's work is offered again. */
    @WithDefault("15s")
    Duration leaseTtl();

    /** Work that nobody claims for so long fails as node_unreachable. */
    @WithDefault("60s")
    Duration patience();

    /** Work whose worker was lost so often fails as worker_lost. */
    @WithDefault("3")
    int attemptsMax();

    /** From acceptance, or from its turn, to the end of an action that is invoked. */
    @WithDefault("5M")
    Duration invokeDeadline();

    /** Nodes that operations may name before their worker has asked for work. */
    Optional<List<String>> nodes();

    default WorkLimits limits() {
        return new WorkLimits(leaseTtl(), patience(), attemptsMax());
    }

    default List<NodeId> configuredNodes() {
        return nodes().orElse(List.of()).stream().map(NodeId::new).toList();
    }
}
