package io.adaos.hub.operations.install;

import io.adaos.hub.contracts.error.FieldProblem;
import io.adaos.hub.contracts.error.HubErrorCode;
import io.adaos.hub.contracts.error.HubException;
import io.adaos.hub.contracts.id.NodeId;
import io.adaos.hub.contracts.operation.InstalledPage;
import io.adaos.hub.runtime.http.ConditionalAnswer;
import io.adaos.hub.runtime.security.Scope;
import io.smallrye.mutiny.Uni;
import jakarta.annotation.security.RolesAllowed;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.HeaderParam;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.util.List;
import java.util.Optional;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.media.Content;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;

/** What is installed. */
@Path("/v1/installed")
@Produces(MediaType.APPLICATION_JSON)
public class InstalledResource {

    private final InstalledStore installed;

    InstalledResource(InstalledStore installed) {
        this.installed = installed;
    }

    /**
     * Everything on one node, or on all nodes, at one position ({@code epoch}, {@code sequence})
     * of this service's facts; a reader watches on from there. 304 when the tag still holds.
     */
    @GET
    @RolesAllowed(Scope.OPERATIONS_READ)
    @Operation(summary = "Installed artifacts")
    @APIResponse(responseCode = "200",
            content = @Content(schema = @Schema(implementation = InstalledPage.class)))
    @APIResponse(responseCode = "304", description = "The tag still holds")
    public Uni<Response> list(@QueryParam("node_id") String nodeId,
            @HeaderParam(HttpHeaders.IF_NONE_MATCH) String ifNoneMatch) {
        return installed.list(node(nodeId))
                .map(page -> ConditionalAnswer.of(page, ifNoneMatch));
    }

    private static Optional<NodeId> node(String nodeId) {
        try {
            return Optional.ofNullable(nodeId).map(NodeId::new);
        } catch (IllegalArgumentException e) {
            throw new HubException(HubErrorCode.REQUEST_INVALID, "There is no such node name",
                    List.of(new FieldProblem("node_id", "malformed", e.getMessage(),
                            "Use a node's name, or leave it out")));
        }
    }
}
