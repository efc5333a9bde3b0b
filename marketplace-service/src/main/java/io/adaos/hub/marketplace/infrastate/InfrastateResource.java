package io.adaos.hub.marketplace.infrastate;

import com.fasterxml.jackson.databind.JsonNode;
import io.adaos.hub.contracts.error.HubErrorCode;
import io.adaos.hub.contracts.error.HubException;
import io.adaos.hub.contracts.id.NodeId;
import io.adaos.hub.contracts.id.WebspaceId;
import io.adaos.hub.runtime.security.Scope;
import io.smallrye.common.annotation.Blocking;
import io.smallrye.mutiny.Uni;
import jakarta.annotation.security.RolesAllowed;
import jakarta.ws.rs.BeanParam;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.DefaultValue;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.MediaType;
import java.util.Map;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;

/** Infra State as clients of the old hub ask for it; new ones read the services themselves. */
@Path("/api/node/infrastate")
@Produces(MediaType.APPLICATION_JSON)
@Blocking
@Tag(name = "infrastate")
public class InfrastateResource {

    private final InfrastateService infrastate;

    InfrastateResource(InfrastateService infrastate) {
        this.infrastate = infrastate;
    }

    /** What can be installed, what is under way, and how the hub is. */
    @GET
    @Path("snapshot")
    @RolesAllowed(Scope.OPERATIONS_READ)
    @Operation(summary = "Marketplace, operations and the state of the hub for old clients",
            description = "Every part comes from its own service, asked with the caller's "
                    + "credential, within 1.5 s; degraded is true and error names the parts that "
                    + "are missing when one does not answer. At most 256 rows of a kind.")
    public Uni<Map<String, Object>> snapshot(
            @QueryParam("webspace_id") @DefaultValue("desktop") String webspace,
            @QueryParam("node_id") @DefaultValue("hub") String node,
            @BeanParam HttpCaller caller) {
        WebspaceId shownIn;
        NodeId on;
        try {
            shownIn = WebspaceId.of(webspace);
            on = new NodeId(node);
        } catch (IllegalArgumentException e) {
            return Uni.createFrom().item(
                    InfrastateSnapshot.refused(webspace, "request_invalid"));
        }
        return infrastate.snapshot(caller, shownIn, on)
                .map(snapshot -> snapshot.body(System.currentTimeMillis()));
    }

    /** Does something; refusals have status 200 as well, with {@code ok: false}. */
    @POST
    @Path("action")
    @Consumes(MediaType.APPLICATION_JSON)
    @RolesAllowed(Scope.OPERATIONS_RUN)
    @Operation(summary = "Install, or update everything, for old clients",
            description = "id: marketplace_install (value: kind, id, node_id?) or adaos_update. "
                    + "Starts operations with the caller's credential and answers with their ids; "
                    + "request_id makes repeating safe. Other ids are refused: action_unknown.")
    public Uni<Map<String, Object>> action(JsonNode body, @BeanParam HttpCaller caller) {
        if (body == null || !body.isObject()) {
            throw new HubException(HubErrorCode.BODY_INVALID, "The body must be a JSON object");
        }
        InfrastateAction action = InfrastateAction.read(body);
        if (action instanceof InfrastateAction.Install install) {
            return infrastate.install(caller, install);
        }
        if (action instanceof InfrastateAction.Update update) {
            return infrastate.update(caller, update.place());
        }
        return Uni.createFrom().item(
                ActionAnswers.unusable((InfrastateAction.Unusable) action));
    }
}
