package io.adaos.hub.operations.intake;

import io.adaos.hub.contracts.error.HubErrorCode;
import io.adaos.hub.contracts.error.HubException;
import io.adaos.hub.contracts.id.OperationId;
import io.adaos.hub.contracts.operation.Initiator;
import io.adaos.hub.contracts.operation.OperationState;
import io.adaos.hub.runtime.security.Scope;
import io.quarkus.security.identity.SecurityIdentity;
import io.smallrye.mutiny.Uni;
import jakarta.annotation.security.RolesAllowed;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.media.Content;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;

/** Answers to what operations ask, over HTTP. */
@Path("/v1/operations/{id}/input")
@Produces(MediaType.APPLICATION_JSON)
public class OperationInputResource {

    private final IntakeService intake;
    private final SecurityIdentity identity;

    OperationInputResource(IntakeService intake, SecurityIdentity identity) {
        this.intake = intake;
        this.identity = identity;
    }

    /** @param value one of the values of {@code input.choices} */
    public record Answer(String value) {
    }

    /**
     * Answers the question of an operation with status {@code waiting_input}: the operation goes
     * on. The first answer counts. 400 when the value is none of the choices; 409 when nothing is
     * asked, or no longer.
     */
    @POST
    @Consumes(MediaType.APPLICATION_JSON)
    @RolesAllowed(Scope.OPERATIONS_RUN)
    @Operation(summary = "Answer an operation's question")
    @APIResponse(responseCode = "200",
            content = @Content(schema = @Schema(implementation = OperationState.class)))
    @APIResponse(responseCode = "400", description = "request_invalid, body_invalid")
    @APIResponse(responseCode = "404", description = "operation_not_found")
    @APIResponse(responseCode = "409",
            description = "operation_not_waiting, operation_not_active (ended)")
    public Uni<OperationState> answer(@PathParam("id") String id, Answer answer) {
        if (answer == null || answer.value() == null) {
            throw new HubException(HubErrorCode.BODY_INVALID, "The request has no value");
        }
        return intake.answer(id(id), answer.value(),
                Initiator.ofSubject(identity.getPrincipal().getName()));
    }

    private static OperationId id(String id) {
        try {
            return new OperationId(id);
        } catch (IllegalArgumentException e) {
            String shown = id.length() <= 80 ? id : id.substring(0, 80) + '…';
            throw new HubException(
                    HubErrorCode.OPERATION_NOT_FOUND, "There is no operation '" + shown + "'");
        }
    }
}
