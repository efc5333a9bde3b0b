package io.adaos.hub.projection.gateway.http;

import io.adaos.hub.contracts.error.HubErrorCode;
import io.adaos.hub.contracts.error.HubException;
import io.adaos.hub.contracts.id.WebspaceId;
import io.adaos.hub.projection.room.setaside.SetAsideDesk;
import io.adaos.hub.projection.write.body.PathIds;
import io.adaos.hub.projection.ystore.SetAside;
import io.adaos.hub.runtime.security.Scope;
import io.smallrye.mutiny.Uni;
import jakarta.annotation.security.RolesAllowed;
import jakarta.ws.rs.DELETE;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import java.util.List;
import org.eclipse.microprofile.openapi.annotations.Operation;

/** The parts of a document that recovery could not use, for operators. */
@Path("/v1/webspaces/{webspace}/set-aside")
@Produces(MediaType.APPLICATION_JSON)
@RolesAllowed(Scope.ADMIN)
public class SetAsideResource {

    /** All parts of one webspace, by name; there is one per recovery that found damage. */
    public record SetAsides(List<SetAside> items) {
    }

    /** How many updates are gone for good. */
    public record Dropped(String name, int updates) {
    }

    private final SetAsideDesk desk;

    SetAsideResource(SetAsideDesk desk) {
        this.desk = desk;
    }

    @GET
    @Operation(summary = "What was damaged and set aside: generations, updates, bytes, since when")
    public Uni<SetAsides> list(@PathParam("webspace") String webspace) {
        WebspaceId id = PathIds.webspace(webspace);
        return HttpAnswers.fromStore(() -> desk.list(id)).map(SetAsides::new);
    }

    /** 503 {@code not_owner} where another replica owns the webspace. */
    @POST
    @Path("{name}/restore")
    @Operation(summary = "Apply what is intact to the document; newer values stay, the rest waits")
    public Uni<SetAsideDesk.Restored> restore(
            @PathParam("webspace") String webspace, @PathParam("name") String name) {
        WebspaceId id = PathIds.webspace(webspace);
        return HttpAnswers.fromStore(() -> desk.restore(id, name))
                .map(restored -> restored.orElseThrow(() -> unknown(id, name)));
    }

    /** 503 {@code not_owner} where another replica owns the webspace. */
    @DELETE
    @Path("{name}")
    @Operation(summary = "Delete what was set aside under this name, for good")
    public Uni<Dropped> drop(
            @PathParam("webspace") String webspace, @PathParam("name") String name) {
        WebspaceId id = PathIds.webspace(webspace);
        return HttpAnswers.fromStore(() -> desk.drop(id, name)).map(updates -> {
            if (updates == 0) {
                throw unknown(id, name);
            }
            return new Dropped(name, updates);
        });
    }

    private static HubException unknown(WebspaceId webspace, String name) {
        return new HubException(HubErrorCode.NOT_FOUND,
                "Nothing of webspace '" + webspace + "' is set aside as '" + name + "'");
    }
}
