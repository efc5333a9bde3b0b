package io.adaos.hub.operations.intake;

import io.adaos.hub.contracts.error.HubErrorCode;
import io.adaos.hub.contracts.error.HubException;
import io.adaos.hub.contracts.id.OperationId;
import io.adaos.hub.contracts.operation.AcceptedOperation;
import io.adaos.hub.contracts.operation.Initiator;
import io.adaos.hub.contracts.operation.OperationPage;
import io.adaos.hub.contracts.operation.OperationRequest;
import io.adaos.hub.contracts.operation.OperationState;
import io.adaos.hub.operations.lifecycle.OperationManager;
import io.adaos.hub.runtime.http.ConditionalAnswer;
import io.adaos.hub.runtime.http.RequestId;
import io.adaos.hub.runtime.security.Scope;
import io.quarkus.security.identity.SecurityIdentity;
import io.smallrye.mutiny.Uni;
import jakarta.annotation.security.RolesAllowed;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.HeaderParam;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.core.UriInfo;
import java.net.URI;
import java.util.List;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.enums.ParameterIn;
import org.eclipse.microprofile.openapi.annotations.media.Content;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.parameters.Parameter;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;

/** Operations over HTTP. Decides nothing: checks, ids and order live behind it. */
@Path("/v1/operations")
@Produces(MediaType.APPLICATION_JSON)
public class OperationResource {

    private static final String PATH = "/v1/operations";

    private final IntakeService intake;
    private final OperationManager operations;
    private final OperationChangeSource changes;
    private final SecurityIdentity identity;
    private final RequestId requestId;

    OperationResource(IntakeService intake, OperationManager operations,
            OperationChangeSource changes, SecurityIdentity identity, RequestId requestId) {
        this.intake = intake;
        this.operations = operations;
        this.changes = changes;
        this.identity = identity;
        this.requestId = requestId;
    }

    /**
     * Accepts an operation. 202 says that it is committed and will end, not that it has had any
     * effect. An {@code Idempotency-Key} (1 to 200 visible characters, kept 24 h) makes repeating
     * the request safe: the same body gets the same operation, another one 422.
     */
    @POST
    @Consumes(MediaType.APPLICATION_JSON)
    @RolesAllowed(Scope.OPERATIONS_RUN)
    @Operation(summary = "Start an operation")
    @APIResponse(responseCode = "202",
            content = @Content(schema = @Schema(implementation = AcceptedOperation.class)))
    @APIResponse(responseCode = "404", description = "artifact_not_found")
    @APIResponse(responseCode = "409", description = "target_busy, with the member holder")
    @APIResponse(responseCode = "422",
            description = "operation_kind_unknown, idempotency_key_reused")
    public Uni<Response> start(
            OperationRequest request, @HeaderParam("Idempotency-Key") String key) {
        if (request == null) {
            throw new HubException(HubErrorCode.BODY_INVALID, "The request has no body");
        }
        return intake.accept(request, requestId.id(), initiator(),
                        IdempotencyHeader.read(key, subject(), PATH))
                .map(OperationResource::accepted);
    }

    /**
     * Operations by arrival, at one position ({@code epoch}, {@code sequence}) of this service's
     * facts. {@code webspace_id}, {@code kind}, {@code target} ({@code skill:weather_skill}),
     * {@code node_id}, {@code initiator} ({@code user:anna}), {@code parent_id} and
     * {@code retry_of} leave out all others; {@code status} is a comma-separated list of statuses,
     * {@code active} (not ended yet) or {@code ended}; {@code order} is {@code asc} (oldest first,
     * unless told), {@code desc} (newest first) or {@code ended} (what ended last first, one page);
     * {@code limit} is 50 unless told, at most 500; {@code cursor} is the {@code next_cursor} of
     * the page before, which had the same order. 400 names every parameter that is wrong; 304 when
     * the tag still holds.
     */
    @GET
    @RolesAllowed(Scope.OPERATIONS_READ)
    @Operation(summary = "List operations")
    @Parameter(name = "webspace_id", in = ParameterIn.QUERY, description = "All unless told")
    @Parameter(name = "status", in = ParameterIn.QUERY,
            description = "active, ended, or statuses separated by commas; all unless told")
    @Parameter(name = "order", in = ParameterIn.QUERY,
            description = "By arrival: asc (unless told) or desc; or ended, by end")
    @Parameter(name = "kind", in = ParameterIn.QUERY, description = "Such as skill.install")
    @Parameter(name = "target", in = ParameterIn.QUERY, description = "Such as skill:weather")
    @Parameter(name = "node_id", in = ParameterIn.QUERY, description = "Where it runs")
    @Parameter(name = "initiator", in = ParameterIn.QUERY, description = "Such as user:anna")
    @Parameter(name = "parent_id", in = ParameterIn.QUERY, description = "Its children")
    @Parameter(name = "retry_of", in = ParameterIn.QUERY, description = "Its repetition")
    @Parameter(name = "limit", in = ParameterIn.QUERY, description = "1 to 500, 50 unless told")
    @Parameter(name = "cursor", in = ParameterIn.QUERY,
            description = "next_cursor of the page before, which had the same order")
    @APIResponse(responseCode = "200",
            content = @Content(schema = @Schema(implementation = OperationPage.class)))
    @APIResponse(responseCode = "304", description = "The tag still holds")
    @APIResponse(responseCode = "400", description = "request_invalid, with all errors")
    public Uni<Response> list(
            @Context UriInfo uri, @HeaderParam(HttpHeaders.IF_NONE_MATCH) String ifNoneMatch) {
        return operations.list(QueryReader.read(uri.getQueryParameters()))
                .map(page -> ConditionalAnswer.of(page, ifNoneMatch));
    }

    /**
     * One operation as it is now. With {@code wait} (seconds, at most 25) the answer comes when
     * its revision is above {@code revision} (unless told: the one it has), when it has ended, or
     * after the wait. 429 when 1,000 requests wait already.
     */
    @GET
    @Path("/{id}")
    @RolesAllowed(Scope.OPERATIONS_READ)
    @Operation(summary = "Read an operation")
    @APIResponse(responseCode = "200",
            content = @Content(schema = @Schema(implementation = OperationState.class)))
    @APIResponse(responseCode = "404", description = "operation_not_found")
    @Parameter(name = "wait", in = ParameterIn.QUERY, description = "Seconds, 0 to 25")
    @Parameter(name = "revision", in = ParameterIn.QUERY, description = "The one that is known")
    public Uni<Response> read(@PathParam("id") String id, @Context UriInfo uri,
            @HeaderParam(HttpHeaders.IF_NONE_MATCH) String ifNoneMatch) {
        WaitQuery query = WaitQuery.read(uri.getQueryParameters());
        return operations.find(id(id))
                .map(found -> found.orElseThrow(() -> notFound(id)))
                .chain(state -> query.isSatisfiedBy(state)
                        ? Uni.createFrom().item(state)
                        : changes.next(
                                state.operationId(), query.after(state), query.patience()))
                .map(state -> ConditionalAnswer.of(state, ifNoneMatch));
    }

    /**
     * Cancels. Answers within 3 s: {@code outcome} is {@code cancelled}, or {@code cancelling}
     * when the step at hand has not stopped by then.
     */
    @POST
    @Path("/{id}/cancel")
    @RolesAllowed(Scope.OPERATIONS_RUN)
    @Operation(summary = "Cancel an operation")
    @APIResponse(responseCode = "202",
            content = @Content(schema = @Schema(implementation = CancelAnswer.class)))
    @APIResponse(responseCode = "404", description = "operation_not_found")
    @APIResponse(responseCode = "409",
            description = "operation_not_cancellable (too late), operation_not_active (ended)")
    public Uni<Response> cancel(@PathParam("id") String id) {
        return intake.cancel(id(id), initiator())
                .map(answer -> Response.accepted(answer).build());
    }

    /** Repeats an operation that ended without success; once, however often it is sent. */
    @POST
    @Path("/{id}/retry")
    @RolesAllowed(Scope.OPERATIONS_RUN)
    @Operation(summary = "Retry an operation")
    @APIResponse(responseCode = "202",
            content = @Content(schema = @Schema(implementation = AcceptedOperation.class)))
    @APIResponse(responseCode = "404", description = "operation_not_found")
    @APIResponse(responseCode = "409", description = "operation_not_retryable, target_busy")
    public Uni<Response> retry(@PathParam("id") String id) {
        return intake.retry(id(id), requestId.id(), initiator())
                .map(OperationResource::accepted);
    }

    private Initiator initiator() {
        return Initiator.ofSubject(subject());
    }

    private String subject() {
        return identity.getPrincipal().getName();
    }

    private static Response accepted(AcceptedOperation accepted) {
        return Response.accepted(accepted)
                .location(URI.create(PATH + '/' + accepted.operationId()))
                .build();
    }

    static OperationId id(String id) {
        try {
            return new OperationId(id);
        } catch (IllegalArgumentException e) {
            throw notFound(id);
        }
    }

    static HubException notFound(String id) {
        String shown = id.length() <= 80 ? id : id.substring(0, 80) + '…';
        return new HubException(
                HubErrorCode.OPERATION_NOT_FOUND, "There is no operation '" + shown + "'");
    }
}
