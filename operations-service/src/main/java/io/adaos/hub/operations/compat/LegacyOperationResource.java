package io.adaos.hub.operations.compat;

import io.adaos.hub.contracts.error.HubErrorCode;
import io.adaos.hub.contracts.error.HubException;
import io.adaos.hub.contracts.id.OperationId;
import io.adaos.hub.contracts.id.WebspaceId;
import io.adaos.hub.contracts.operation.Initiator;
import io.adaos.hub.contracts.operation.OperationPage;
import io.adaos.hub.contracts.operation.OperationStatus;
import io.adaos.hub.operations.intake.IntakeService;
import io.adaos.hub.operations.lifecycle.OperationManager;
import io.adaos.hub.operations.lifecycle.OperationQuery;
import io.adaos.hub.operations.notification.NotificationStore;
import io.adaos.hub.runtime.http.RequestId;
import io.adaos.hub.runtime.security.Scope;
import io.quarkus.security.identity.SecurityIdentity;
import io.smallrye.mutiny.Uni;
import jakarta.annotation.security.RolesAllowed;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.util.Arrays;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;

/** Operations as older clients read and command them. */
@Path("/api/operations")
@Produces(MediaType.APPLICATION_JSON)
public class LegacyOperationResource {

    private static final int ACTIVE_MAX = 500;
    private static final int ENDED_MAX = 20;
    private static final int NOTIFICATIONS_MAX = 40;

    private final IntakeService intake;
    private final OperationManager operations;
    private final NotificationStore notifications;
    private final SecurityIdentity identity;
    private final RequestId requestId;

    LegacyOperationResource(IntakeService intake, OperationManager operations,
            NotificationStore notifications, SecurityIdentity identity, RequestId requestId) {
        this.intake = intake;
        this.operations = operations;
        this.notifications = notifications;
        this.identity = identity;
        this.requestId = requestId;
    }

    /**
     * The operations of a webspace, {@code desktop} unless told: at most 500 that have not ended,
     * the 20 that ended last, and 40 notifications.
     */
    @GET
    @RolesAllowed(Scope.OPERATIONS_READ)
    @Operation(summary = "List operations, as older clients read them", deprecated = true)
    @APIResponse(responseCode = "200", description = "by_id, order, active, active_items, "
            + "notifications, persistence")
    public Uni<Response> list(@QueryParam("webspace_id") String webspaceId) {
        return answered(() -> {
            Optional<WebspaceId> webspace = Optional.of(webspace(webspaceId));
            return page(webspace, false).chain(active -> page(webspace, true).chain(ended ->
                    notifications.newest(webspace, NOTIFICATIONS_MAX).map(told -> Response.ok(
                            LegacyAnswers.list(active.items(), ended.items(), told.items()))
                            .build())));
        });
    }

    /** One operation. */
    @GET
    @Path("/{id}")
    @RolesAllowed(Scope.OPERATIONS_READ)
    @Operation(summary = "Read an operation, as older clients do", deprecated = true)
    @APIResponse(responseCode = "404", description = "detail: operation_not_found")
    public Uni<Response> read(@PathParam("id") String id) {
        return answered(() -> operations.find(id(id)).map(found -> Response.ok(
                found.orElseThrow(LegacyOperationResource::notFound)).build()));
    }

    /** Cancels. */
    @POST
    @Path("/{id}/cancel")
    @RolesAllowed(Scope.OPERATIONS_RUN)
    @Operation(summary = "Cancel an operation, as older clients do", deprecated = true)
    @APIResponse(responseCode = "202", description = "ok, accepted, operation_id, operation")
    @APIResponse(responseCode = "409", description = "detail: operation_not_cancellable")
    public Uni<Response> cancel(@PathParam("id") String id) {
        return answered(() -> intake.cancel(id(id), initiator()).map(answer ->
                Response.accepted(LegacyAnswers.accepted(answer.operation())).build()));
    }

    /** Repeats. */
    @POST
    @Path("/{id}/retry")
    @RolesAllowed(Scope.OPERATIONS_RUN)
    @Operation(summary = "Retry an operation, as older clients do", deprecated = true)
    @APIResponse(responseCode = "202", description = "ok, accepted, operation_id, operation")
    @APIResponse(responseCode = "409", description = "detail: operation_not_retryable")
    public Uni<Response> retry(@PathParam("id") String id) {
        return answered(() -> intake.retry(id(id), requestId.id(), initiator()).map(answer ->
                Response.accepted(LegacyAnswers.accepted(answer.operation())).build()));
    }

    private Uni<OperationPage> page(Optional<WebspaceId> webspace, boolean ended) {
        Set<OperationStatus> statuses = Arrays.stream(OperationStatus.values())
                .filter(status -> status.isTerminal() == ended).collect(Collectors.toSet());
        return operations.list(new OperationQuery(webspace, statuses, Map.of(),
                ended ? OperationQuery.Order.ENDED : OperationQuery.Order.ASC, 0,
                ended ? ENDED_MAX : ACTIVE_MAX));
    }

    private Initiator initiator() {
        return Initiator.ofSubject(identity.getPrincipal().getName());
    }

    /** Refusals are one word in {@code detail}, which is what these clients compare. */
    private static Uni<Response> answered(Supplier<Uni<? extends Response>> work) {
        Uni<Response> answer = Uni.createFrom().deferred(work);
        return answer.onFailure(HubException.class).recoverWithItem(
                refusal -> Response.status(refusal.code().httpStatus())
                        .entity(LegacyAnswers.refusedByWord(refusal)).build());
    }

    private static WebspaceId webspace(String text) {
        try {
            return text == null || text.isEmpty() ? WebspaceId.DESKTOP : WebspaceId.of(text);
        } catch (IllegalArgumentException e) {
            throw new HubException(HubErrorCode.REQUEST_INVALID, e.getMessage());
        }
    }

    private static OperationId id(String text) {
        try {
            return new OperationId(text);
        } catch (IllegalArgumentException e) {
            throw notFound();
        }
    }

    private static HubException notFound() {
        return new HubException(
                HubErrorCode.OPERATION_NOT_FOUND, "There is no such operation");
    }
}
