package io.adaos.hub.projection.write.ingress;

import io.adaos.hub.contracts.error.Problem;
import io.adaos.hub.projection.write.body.BodyReader;
import io.adaos.hub.projection.write.body.PathIds;
import io.adaos.hub.projection.write.body.WriteBody;
import io.adaos.hub.projection.write.body.WriteWait;
import io.adaos.hub.runtime.http.RequestId;
import io.adaos.hub.runtime.security.Scope;
import io.quarkus.runtime.annotations.RegisterForReflection;
import io.quarkus.security.identity.SecurityIdentity;
import io.smallrye.mutiny.Uni;
import jakarta.annotation.security.RolesAllowed;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.util.ArrayList;
import java.util.List;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.media.Content;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.parameters.Parameter;
import org.eclipse.microprofile.openapi.annotations.parameters.RequestBody;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;

/** The way in for everybody who writes declared slots of a webspace's document. */
@Path("/v1/webspaces/{webspace}/projections")
@Produces({MediaType.APPLICATION_JSON, Problem.MEDIA_TYPE})
@Consumes(MediaType.APPLICATION_JSON)
@RolesAllowed(Scope.PROJECTION_WRITE)
@RegisterForReflection(targets = {
    WriteAnswer.class, ProjectionResource.Results.class, ProjectionResource.Write.class,
    ProjectionResource.SlotWrite.class, ProjectionResource.Batch.class})
public class ProjectionResource {

    private static final String WAIT = "accepted (202 at once), durable (in the log; the default)"
            + " or materialized (applied by every session that acknowledges)";
    private static final String TIMEOUT = "Milliseconds to wait at most, up to 30000; 5000 when"
            + " absent. What has only got as far as memory by then is answered with 202";

    /**
     * The body of a write; read by hand, so that every fault can be named.
     *
     * @param scope subnet when absent
     * @param value any JSON within the budget of its rule
     * @param nodeId whose branch it is, of scope subnet; that of the credential when absent, else
     *     hub
     * @param userId stands for {user_id} in paths
     * @param owner to whom it is attributed; with scope admin only
     * @param force write also what is there already
     * @param correlationId 1 to 64 of {@code [A-Za-z0-9._:-]}; the request's when absent
     */
    public record Write(String scope, Object value, String nodeId, String userId, String owner,
            Boolean force, String correlationId) {
    }

    /** One write of a batch: the same with its slot. */
    public record SlotWrite(String slot, String scope, Object value, String nodeId, String userId,
            String owner, Boolean force, String correlationId) {
    }

    /** The body of a batch: 1 to 256 writes. */
    public record Batch(List<SlotWrite> writes) {
    }

    /** The answers to a batch in its order; a refused one is a problem body. */
    public record Results(List<Object> results) {
    }

    private final IngressService ingress;
    private final SecurityIdentity caller;
    private final RequestId requestId;

    ProjectionResource(IngressService ingress, SecurityIdentity caller, RequestId requestId) {
        this.ingress = ingress;
        this.caller = caller;
        this.requestId = requestId;
    }

    /** Writes one slot. */
    @POST
    @Path("{slot}")
    @Operation(summary = "Write a declared slot",
            description = "Rule by (scope, slot): the active scenario's, then the newest skill's,"
                    + " then the hub's. A value above its rule's budget is refused and the old"
                    + " one stays. An owner above its rate is deferred, then refused.")
    @RequestBody(content = @Content(schema = @Schema(implementation = Write.class)))
    @APIResponse(responseCode = "200", description = "applied, unchanged or coalesced",
            content = @Content(schema = @Schema(implementation = WriteAnswer.class)))
    @APIResponse(responseCode = "202", description = "deferred, or held in memory so far",
            content = @Content(schema = @Schema(implementation = WriteAnswer.class)))
    @APIResponse(responseCode = "400", description = "body_invalid, request_invalid")
    @APIResponse(responseCode = "401", description = "unauthenticated")
    @APIResponse(responseCode = "403",
            description = "owner_missing, path_not_allowed, wrong_owner, forbidden")
    @APIResponse(responseCode = "404", description = "projection_rule_missing, webspace_unknown")
    @APIResponse(responseCode = "413",
            description = "payload_budget_exceeded; payload_too_large above 4 MiB")
    @APIResponse(responseCode = "422", description = "value_invalid")
    @APIResponse(responseCode = "429", description = "write_amplification, repeated_reseed,"
            + " pending_limit, mailbox_full; with Retry-After")
    @APIResponse(responseCode = "503",
            description = "policy_unavailable, store_unavailable; with Retry-After")
    public Uni<Response> write(
            @PathParam("webspace") String webspace,
            @PathParam("slot") String slot,
            byte[] body,
            @Parameter(description = WAIT) @QueryParam("wait") String wait,
            @Parameter(description = TIMEOUT) @QueryParam("timeout_ms") String timeoutMillis) {
        WriteItem.Asked asked = asked(PathIds.slot(slot), BodyReader.one(body));
        return ingress.write(PathIds.webspace(webspace), List.of(asked),
                        WriteWait.parse(wait, timeoutMillis))
                .map(results -> answer(results.get(0)));
    }

    /** Writes many slots in one generation. */
    @POST
    @Operation(summary = "Write many declared slots together",
            description = "1 to 256 writes. What is permitted of one owner becomes visible in one"
                    + " generation. Each result is as that of a single write, with its status.")
    @RequestBody(content = @Content(schema = @Schema(implementation = Batch.class)))
    @APIResponse(responseCode = "200", description = "One result per write, in order",
            content = @Content(schema = @Schema(implementation = Results.class)))
    @APIResponse(responseCode = "400", description = "body_invalid: nothing was written")
    @APIResponse(responseCode = "401", description = "unauthenticated")
    @APIResponse(responseCode = "403", description = "forbidden")
    @APIResponse(responseCode = "413", description = "payload_too_large above 4 MiB")
    public Uni<Results> batch(
            @PathParam("webspace") String webspace,
            byte[] body,
            @Parameter(description = WAIT) @QueryParam("wait") String wait,
            @Parameter(description = TIMEOUT) @QueryParam("timeout_ms") String timeoutMillis) {
        List<WriteItem.Asked> asked = new ArrayList<>();
        for (WriteBody write : BodyReader.batch(body)) {
            asked.add(asked(write.slot().orElseThrow(), write));
        }
        return ingress.write(PathIds.webspace(webspace), asked,
                        WriteWait.parse(wait, timeoutMillis))
                .map(results -> new Results(
                        results.stream().map(ProjectionResource::inBatch).toList()));
    }

    private WriteItem.Asked asked(String slot, WriteBody body) {
        String subject = caller.getPrincipal().getName();
        return new WriteItem.Asked(subject,
                Writer.identify(subject, caller.hasRole(Scope.ADMIN), body.owner()), slot, body,
                body.correlationId().orElseGet(requestId::id));
    }

    private static Response answer(WriteResult result) {
        if (result instanceof WriteResult.Done done) {
            return Response.status(done.answer().ownStatus()).entity(done.answer())
                    .type(MediaType.APPLICATION_JSON_TYPE).build();
        }
        WriteResult.Refused refused = (WriteResult.Refused) result;
        Problem problem = Problem.of(refused.problem(), refused.correlationId());
        Response.ResponseBuilder answer = Response.status(problem.status())
                .type(Problem.MEDIA_TYPE).entity(problem);
        if (refused.retryAfterSeconds() > 0) {
            answer.header(HttpHeaders.RETRY_AFTER, refused.retryAfterSeconds());
        }
        return answer.build();
    }

    private static Object inBatch(WriteResult result) {
        if (result instanceof WriteResult.Done done) {
            return done.answer().inBatch();
        }
        WriteResult.Refused refused = (WriteResult.Refused) result;
        return Problem.of(refused.problem(), refused.correlationId());
    }
}
