package io.adaos.hub.projection.status.edge;

import io.adaos.hub.contracts.status.WebspaceStatus;
import io.adaos.hub.projection.write.body.PathIds;
import io.adaos.hub.runtime.http.Etags;
import io.adaos.hub.runtime.security.Scope;
import io.quarkus.security.Authenticated;
import io.quarkus.security.identity.SecurityIdentity;
import io.smallrye.mutiny.Uni;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.HeaderParam;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.media.Content;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;

/** The three contracts of a webspace, with what proves them. */
@Path("/v1/webspaces/{webspace}/status")
@Produces(MediaType.APPLICATION_JSON)
@Authenticated
public class StatusResource {

    private final StatusService statuses;
    private final SecurityIdentity caller;

    StatusResource(StatusService statuses, SecurityIdentity caller) {
        this.statuses = statuses;
        this.caller = caller;
    }

    /** Also answers while the document cannot be opened, and says so. */
    @GET
    @Operation(summary = "Whether a webspace can be reached, is current, and is pressed on",
            description = "Scope webspace:<id>:read. connectivity: the hub's nodes and the "
                    + "sockets of this webspace (at most 200, the worst first); state_sync; "
                    + "yjs_pressure: one row an owner, the most severe first; evidence: what "
                    + "they were made from. Moments are seconds since 1970, ages milliseconds. "
                    + "The ETag does not change with ages and moments alone.")
    @APIResponse(responseCode = "200",
            content = @Content(schema = @Schema(implementation = WebspaceStatus.class)))
    @APIResponse(responseCode = "304", description = "Nothing but ages and moments has changed")
    public Uni<Response> read(@PathParam("webspace") String name,
            @HeaderParam(HttpHeaders.IF_NONE_MATCH) String ifNoneMatch) {
        return statuses.status(PathIds.readable(name, caller::hasRole))
                .map(status -> answer(status, ifNoneMatch));
    }

    private static Response answer(WebspaceStatus status, String ifNoneMatch) {
        String etag = QuietTag.of(status);
        Response.ResponseBuilder answer = Etags.matches(ifNoneMatch, etag)
                ? Response.notModified() : Response.ok(status);
        return answer.header(HttpHeaders.ETAG, etag)
                .header(HttpHeaders.CACHE_CONTROL, "no-cache").build();
    }
}
