package io.adaos.hub.operations.intake;

import io.adaos.hub.contracts.id.OperationId;
import io.adaos.hub.contracts.operation.OperationState;
import io.adaos.hub.operations.lifecycle.OperationManager;
import io.adaos.hub.runtime.security.Scope;
import io.smallrye.common.annotation.Blocking;
import io.smallrye.mutiny.Multi;
import jakarta.annotation.security.RolesAllowed;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.HeaderParam;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.sse.OutboundSseEvent;
import jakarta.ws.rs.sse.Sse;
import java.time.Duration;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;

/** What happens to one operation, as server-sent events (WHATWG HTML, section 9.2). */
@Path("/v1/operations/{id}/events")
public class OperationEventsResource {

    private static final Duration STORE_WAIT = Duration.ofSeconds(15);

    private final OperationManager operations;
    private final OperationChangeSource changes;

    OperationEventsResource(OperationManager operations, OperationChangeSource changes) {
        this.operations = operations;
        this.changes = changes;
    }

    /**
     * The operation as it is and after every change, as events {@code operation} whose data is the
     * record and whose id is its revision; several changes within a moment may be one event. With
     * {@code Last-Event-ID} only what is newer comes. A comment is sent every ten seconds. The
     * stream ends after the event that shows the end: do not connect again then. 429 when 250
     * streams are open.
     */
    // on a worker: a stream that has begun cannot be refused any more, so it is looked before
    @Blocking
    @GET
    @Produces(MediaType.SERVER_SENT_EVENTS)
    @RolesAllowed(Scope.OPERATIONS_READ)
    @Operation(summary = "Follow an operation")
    @APIResponse(responseCode = "200", description = "text/event-stream")
    @APIResponse(responseCode = "404", description = "operation_not_found")
    @APIResponse(responseCode = "429", description = "rate_limited")
    public Multi<OutboundSseEvent> follow(@PathParam("id") String id,
            @HeaderParam("Last-Event-ID") String last, @Context Sse sse) {
        OperationId operation = OperationResource.id(id);
        operations.find(operation).await().atMost(STORE_WAIT)
                .orElseThrow(() -> OperationResource.notFound(id));
        return changes.changes(operation, revision(last)).map(newer -> newer
                .map(state -> event(sse, state))
                .orElseGet(() -> sse.newEventBuilder().comment("").build()));
    }

    private static OutboundSseEvent event(Sse sse, OperationState state) {
        return sse.newEventBuilder()
                .id(Long.toString(state.revision()))
                .name("operation")
                .mediaType(MediaType.APPLICATION_JSON_TYPE)
                .data(OperationState.class, state)
                .build();
    }

    /** What is not a revision is an id of somebody else's stream: begin at the beginning. */
    private static long revision(String last) {
        try {
            return last == null ? 0 : Long.parseLong(last);
        } catch (NumberFormatException e) {
            return 0;
        }
    }
}
