package io.adaos.hub.operations.compat;

import io.adaos.hub.contracts.error.HubException;
import io.adaos.hub.contracts.operation.Initiator;
import io.adaos.hub.contracts.operation.OperationRequest;
import io.adaos.hub.contracts.operation.OperationState;
import io.adaos.hub.contracts.operation.OperationStatus;
import io.adaos.hub.operations.intake.IdempotencyHeader;
import io.adaos.hub.operations.intake.IntakeService;
import io.adaos.hub.operations.intake.OperationChangeSource;
import io.adaos.hub.runtime.http.RequestId;
import io.adaos.hub.runtime.security.Scope;
import io.quarkus.security.identity.SecurityIdentity;
import io.smallrye.mutiny.Uni;
import jakarta.annotation.security.RolesAllowed;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.HeaderParam;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.time.Duration;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;

/** Installations as older clients ask for them; the operations are the same. */
@Path("/api")
@Consumes(MediaType.APPLICATION_JSON)
@Produces(MediaType.APPLICATION_JSON)
public class LegacyInstallResource {

    private final IntakeService intake;
    private final OperationChangeSource changes;
    private final LegacyWait wait;
    private final SecurityIdentity identity;
    private final RequestId requestId;

    LegacyInstallResource(IntakeService intake, OperationChangeSource changes, LegacyWait wait,
            SecurityIdentity identity, RequestId requestId) {
        this.intake = intake;
        this.changes = changes;
        this.wait = wait;
        this.identity = identity;
        this.requestId = requestId;
    }

    /** How long an installation is waited for before it is answered 202. */
    public record LegacyWait(Duration most) {
    }

    /**
     * Installs a skill. With {@code async_operation} 202 and the operation; without, 200 when it
     * has ended well, 409 with a text when not, and 202 when it takes longer than 20 s.
     */
    @POST
    @Path("/skills/install")
    @RolesAllowed(Scope.OPERATIONS_RUN)
    @Operation(summary = "Install a skill, as older clients ask", deprecated = true)
    @APIResponse(responseCode = "200", description = "Installed")
    @APIResponse(responseCode = "202", description = "Accepted")
    @APIResponse(responseCode = "409", description = "Not installed, with the reason")
    public Uni<Response> skill(LegacyInstallRequest request,
            @HeaderParam("Idempotency-Key") String key) {
        return install("skill", "/api/skills/install", request, key);
    }

    /** Installs a scenario, answered as for a skill. */
    @POST
    @Path("/scenarios/install")
    @RolesAllowed(Scope.OPERATIONS_RUN)
    @Operation(summary = "Install a scenario, as older clients ask", deprecated = true)
    @APIResponse(responseCode = "200", description = "Installed")
    @APIResponse(responseCode = "202", description = "Accepted")
    @APIResponse(responseCode = "409", description = "Not installed, with the reason")
    public Uni<Response> scenario(LegacyInstallRequest request,
            @HeaderParam("Idempotency-Key") String key) {
        return install("scenario", "/api/scenarios/install", request, key);
    }

    private Uni<Response> install(
            String kind, String path, LegacyInstallRequest body, String key) {
        LegacyInstallRequest request = body == null
                ? new LegacyInstallRequest(null, null, null, null) : body;
        String subject = identity.getPrincipal().getName();
        String correlationId = requestId.id();
        return Uni.createFrom().deferred(() -> intake.accept(
                        new OperationRequest(kind + ".install", kind, request.name(),
                                request.pin(), request.webspaceId(), null, null, null, null),
                        correlationId, Initiator.ofSubject(subject),
                        IdempotencyHeader.read(key, subject, path)))
                .chain(accepted -> Boolean.TRUE.equals(request.asyncOperation())
                        ? Uni.createFrom().item(accepted.operation())
                        : changes.ended(accepted.operationId(), wait.most()))
                .map(LegacyInstallResource::answer)
                .onFailure(HubException.class).recoverWithItem(
                        LegacyInstallResource::refused);
    }

    private static Response answer(OperationState state) {
        if (!state.status().isTerminal()) {
            return Response.accepted(LegacyAnswers.accepted(state)).build();
        }
        return state.status() == OperationStatus.SUCCEEDED
                ? Response.ok(LegacyAnswers.installed(state)).build()
                : Response.status(Response.Status.CONFLICT)
                        .entity(LegacyAnswers.failed(state)).build();
    }

    private static Response refused(HubException refusal) {
        Response.ResponseBuilder response = Response.status(refusal.code().httpStatus())
                .entity(LegacyAnswers.refused(refusal));
        refusal.retryAfter().ifPresent(after ->
                response.header(HttpHeaders.RETRY_AFTER, Math.max(1, after.toSeconds())));
        return response.build();
    }
}
