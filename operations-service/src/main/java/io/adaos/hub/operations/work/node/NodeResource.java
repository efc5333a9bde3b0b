package io.adaos.hub.operations.work.node;

import io.adaos.hub.contracts.id.NodeId;
import io.adaos.hub.operations.lifecycle.OperationManager;
import io.adaos.hub.operations.work.WorkLimits;
import io.adaos.hub.runtime.security.Scope;
import io.smallrye.mutiny.Uni;
import jakarta.annotation.security.RolesAllowed;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import java.time.Clock;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;

/** The nodes that operations can be sent to. */
@Path("/v1/nodes")
@Produces(MediaType.APPLICATION_JSON)
public class NodeResource {

    private static final int NODES_MAX = 1_000;

    private final PgNodes nodes;
    private final NodeDirectory directory;
    private final OperationManager operations;
    private final WorkLimits limits;
    private final Clock clock = Clock.systemUTC();

    NodeResource(PgNodes nodes, NodeDirectory directory, OperationManager operations,
            WorkLimits limits) {
        this.nodes = nodes;
        this.directory = directory;
        this.operations = operations;
        this.limits = limits;
    }

    /**
     * Every known node by name, at most 1,000: {@code items[] {node_id, last_seen_at, kinds,
     * active_work, waiting_work, reachable}}. A node is reachable when its worker was heard of
     * within the time after which unclaimed work is given up; {@code hub}, the service's own, is.
     */
    @GET
    @RolesAllowed(Scope.OPERATIONS_READ)
    @Operation(summary = "Nodes and their workers")
    @APIResponse(responseCode = "200", description = "{items}")
    public Uni<Map<String, List<NodeState>>> list() {
        return nodes.list(limits.patience(), NODES_MAX).map(seen -> Map.of("items", all(seen)));
    }

    private List<NodeState> all(List<NodeState> seen) {
        Map<NodeId, NodeState> byId = new HashMap<>();
        seen.forEach(state -> byId.put(state.nodeId(), state));
        List<NodeState> items = new ArrayList<>();
        for (NodeId node : directory.get()) {
            NodeState state = byId.getOrDefault(
                    node, new NodeState(node, null, List.of(), 0, 0, false));
            items.add(node.equals(NodeId.HUB) ? own(state) : state);
        }
        return items;
    }

    private NodeState own(NodeState state) {
        return new NodeState(NodeId.HUB, clock.instant().truncatedTo(ChronoUnit.MILLIS),
                List.copyOf(operations.kinds().keySet()), state.activeWork(),
                state.waitingWork(), true);
    }
}
