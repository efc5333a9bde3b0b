package io.adaos.hub.operations.work.node;

import com.fasterxml.jackson.annotation.JsonInclude;
import io.adaos.hub.contracts.id.NodeId;
import java.time.Instant;
import java.util.List;

/**
 * One node as {@code GET /v1/nodes} shows it.
 *
 * @param lastSeenAt when its worker last said something; null when it never did
 * @param kinds of operations its worker asks for
 * @param activeWork pieces of work its worker has
 * @param waitingWork pieces of work that wait for it
 * @param reachable whether it was heard of lately; always for the service's own node
 */
public record NodeState(NodeId nodeId, @JsonInclude(JsonInclude.Include.ALWAYS) Instant lastSeenAt,
        List<String> kinds, int activeWork, int waitingWork, boolean reachable) {
    public NodeState {
        kinds = List.copyOf(kinds);
    }
}
