package io.adaos.hub.projection.details;

import io.adaos.hub.contracts.error.Problem;
import io.adaos.hub.contracts.id.WebspaceId;
import io.adaos.hub.projection.write.body.PathIds;
import io.adaos.hub.projection.write.ingress.Writer;
import io.adaos.hub.runtime.http.Etags;
import io.adaos.hub.runtime.http.RequestId;
import io.adaos.hub.runtime.security.Scope;
import io.quarkus.runtime.annotations.RegisterForReflection;
import io.quarkus.security.Authenticated;
import io.quarkus.security.identity.SecurityIdentity;
import io.smallrye.mutiny.Uni;
import jakarta.annotation.security.RolesAllowed;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.HeaderParam;
import jakarta.ws.rs.PUT;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.util.Optional;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.media.Content;
import org.eclipse.microprofile.openapi.annotations.media.ExampleObject;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.parameters.Parameter;
import org.eclipse.microprofile.openapi.annotations.parameters.RequestBody;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;

/** What is too large for the document: kept beside it, read by those who want to see it. */
@Path("/v1/webspaces/{webspace}/details/{slot}")
@Produces({MediaType.APPLICATION_JSON, Problem.MEDIA_TYPE})
@Consumes(MediaType.APPLICATION_JSON)
@RegisterForReflection(targets = DetailsAnswer.class)
public class DetailsResource {

    private static final String SLOT = "A declared slot: of runtime.yjs.details with http: true"
            + " any slot of the artifact; of a data route of kind details its projection_slot,"
            + " else receiver (which may end in *), else path";
    private static final String VALUE = """
            {"lines": [{"at": "2026-11-21T08:00:00Z", "text": "started"}], "total": 1}""";

    private final DetailsService details;
    private final SecurityIdentity caller;
    private final RequestId requestId;

    DetailsResource(DetailsService details, SecurityIdentity caller, RequestId requestId) {
        this.details = details;
        this.caller = caller;
        this.requestId = requestId;
    }

    /** Replaces the details of a slot. */
    @PUT
    @RolesAllowed(Scope.PROJECTION_WRITE)
    @Operation(summary = "Write the details of a declared slot",
            description = "The body is the value, any JSON. Its bytes without blanks are at most"
                    + " what the manifest says (262144 when it says nothing, never above"
                    + " 1048576), its lists 10000 items, its nesting 64; one artifact keeps at"
                    + " most 256 slots and 8388608 bytes per webspace. It is never in the"
                    + " document. A skill writes slots it declares and those of the active"
                    + " scenario. It counts in the owner's rates; only a blocked owner is"
                    + " refused for them.")
    @RequestBody(content = @Content(schema = @Schema(implementation = Object.class),
            examples = @ExampleObject(name = "log", value = VALUE)))
    @APIResponse(responseCode = "200",
            description = "applied or unchanged, durable; ETag is the tag of the value",
            content = @Content(schema = @Schema(implementation = DetailsAnswer.class),
                    examples = @ExampleObject(name = "applied", value = """
                            {"outcome": "applied", "level": "durable", "webspace_id": "desktop",
                             "owner": "skill:weather", "path": "details/weather.log",
                             "bytes": 74, "correlation_id": "5f0c"}""")))
    @APIResponse(responseCode = "400", description = "body_invalid, request_invalid")
    @APIResponse(responseCode = "401", description = "unauthenticated")
    @APIResponse(responseCode = "403", description = "owner_missing, wrong_owner, forbidden;"
            + " path_not_allowed when the artifact was uninstalled meanwhile")
    @APIResponse(responseCode = "404", description = "projection_rule_missing, webspace_unknown")
    @APIResponse(responseCode = "412",
            description = "precondition_failed, with the member etag of what is there")
    @APIResponse(responseCode = "413",
            description = "payload_budget_exceeded; payload_too_large above 4 MiB")
    @APIResponse(responseCode = "422", description = "value_invalid")
    @APIResponse(responseCode = "429", description = "write_amplification; with Retry-After")
    @APIResponse(responseCode = "503",
            description = "policy_unavailable, store_unavailable; with Retry-After")
    public Uni<Response> put(
            @PathParam("webspace") String webspace,
            @Parameter(description = SLOT) @PathParam("slot") String slot,
            byte[] body,
            @Parameter(description = "Write only over this state; strong tags, or * for any")
            @HeaderParam(HttpHeaders.IF_MATCH) String ifMatch,
            @Parameter(description = "* writes only where there are none yet")
            @HeaderParam(HttpHeaders.IF_NONE_MATCH) String ifNoneMatch) {
        String subject = caller.getPrincipal().getName();
        return details.put(
                Writer.identify(subject, caller.hasRole(Scope.ADMIN), Optional.empty()),
                new DetailsWrite.Asked(PathIds.webspace(webspace), PathIds.slot(slot), subject,
                        body, new Preconditions(ifMatch, ifNoneMatch), requestId.id()))
                .map(written -> Response.ok(written.answer())
                        .type(MediaType.APPLICATION_JSON_TYPE)
                        .header(HttpHeaders.ETAG, written.etag()).build());
    }

    /** The details of a slot, as they were written last. */
    @GET
    @Authenticated
    @Operation(summary = "Read the details of a declared slot",
            description = "The value itself. Needs scope webspace:<id>:read. Equal values have"
                    + " equal tags; ask with If-None-Match")
    @APIResponse(responseCode = "200", description = "The value, with its ETag",
            content = @Content(schema = @Schema(implementation = Object.class),
                    examples = @ExampleObject(name = "log", value = VALUE)))
    @APIResponse(responseCode = "304", description = "The client has it already")
    @APIResponse(responseCode = "401", description = "unauthenticated")
    @APIResponse(responseCode = "403", description = "forbidden")
    @APIResponse(responseCode = "404", description = "projection_rule_missing,"
            + " webspace_unknown; not_found while nothing was written")
    @APIResponse(responseCode = "503",
            description = "policy_unavailable, store_unavailable; with Retry-After")
    public Uni<Response> get(
            @PathParam("webspace") String webspace,
            @Parameter(description = SLOT) @PathParam("slot") String slot,
            @HeaderParam(HttpHeaders.IF_NONE_MATCH) String ifNoneMatch) {
        WebspaceId readable = PathIds.readable(webspace, caller::hasRole);
        return details.get(readable, PathIds.slot(slot)).map(value ->
                (Etags.matches(ifNoneMatch, value.etag()) ? Response.notModified()
                        : Response.ok(value.json()).type(MediaType.APPLICATION_JSON_TYPE))
                        .header(HttpHeaders.ETAG, value.etag())
                        .header(HttpHeaders.CACHE_CONTROL, "no-cache")
                        .build());
    }
}
