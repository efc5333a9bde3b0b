package io.adaos.hub.operations.work;

import com.fasterxml.jackson.databind.JsonNode;
import io.quarkus.security.Authenticated;
import io.quarkus.security.identity.SecurityIdentity;
import io.smallrye.mutiny.Uni;
import io.vertx.ext.web.RoutingContext;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.util.Map;
import java.util.concurrent.atomic.AtomicBoolean;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.media.Content;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;

/**
 * The protocol of workers on other nodes; {@code docs/workers.md} has all of it. Every caller is a
 * credential with subject {@code node:<id>} and speaks for that node's work alone.
 */
@Path("/v1/work")
@Produces(MediaType.APPLICATION_JSON)
@Consumes(MediaType.APPLICATION_JSON)
@Authenticated
public class WorkResource {

    private final WorkService work;
    private final SecurityIdentity identity;

    WorkResource(WorkService work, SecurityIdentity identity) {
        this.work = work;
        this.identity = identity;
    }

    /**
     * Takes the oldest work of the caller's node: {@code {kinds: [1 to 32 operation kinds],
     * wait_seconds: 0 to 25}}. Needs the scope {@code work:<kind>} of every kind named. 204 when
     * there was none within the wait.
     */
    @POST
    @Path("/claim")
    @Operation(summary = "Claim work")
    @APIResponse(responseCode = "200",
            content = @Content(schema = @Schema(implementation = WorkOffer.class)))
    @APIResponse(responseCode = "204", description = "No work within the wait")
    @APIResponse(responseCode = "403", description = "Not a node, or a scope is missing")
    @APIResponse(responseCode = "429", description = "rate_limited: too many claims wait")
    public Uni<Response> claim(JsonNode body, @Context RoutingContext routing) {
        Worker worker = worker();
        WorkBodies.Claim claim = WorkBodies.claim(body);
        AtomicBoolean gone = new AtomicBoolean();
        routing.addEndHandler(ended -> {
            gone.set(true);
            work.gone(worker.node());
        });
        return work.claim(worker, claim, gone::get)
                .map(offer -> offer.map(Response::ok).orElseGet(Response::noContent).build());
    }

    /** Keeps the lease. {@code {cancel}} says whether to stop: cancelled, or past its deadline. */
    @POST
    @Path("/{lease}/heartbeat")
    @Consumes(MediaType.WILDCARD)
    @Operation(summary = "Keep a lease")
    @APIResponse(responseCode = "200", description = "{cancel}")
    @APIResponse(responseCode = "409", description = "lease_lost")
    public Uni<Map<String, Object>> heartbeat(@PathParam("lease") String lease) {
        return work.heartbeat(worker(), lease).map(cancel -> Map.of("cancel", cancel));
    }

    /**
     * Shows {@code {percent?: 0 to 100 of this work, message: 1 to 500 characters}} as the
     * operation's. {@code {shown}} is false when it came less than 100 ms after the one before.
     */
    @POST
    @Path("/{lease}/progress")
    @Operation(summary = "Report progress")
    @APIResponse(responseCode = "200", description = "{shown}")
    @APIResponse(responseCode = "409", description = "lease_lost")
    public Uni<Map<String, Object>> progress(@PathParam("lease") String lease, JsonNode body) {
        return work.progress(worker(), lease, WorkBodies.progress(body))
                .map(shown -> Map.of("shown", shown));
    }

    /** Appends {@code {items: [{level, message}]}}, at most 100 lines of 4 KiB each. */
    @POST
    @Path("/{lease}/log")
    @Operation(summary = "Append to the operation's log")
    @APIResponse(responseCode = "204", description = "Appended")
    @APIResponse(responseCode = "409", description = "lease_lost")
    @APIResponse(responseCode = "413", description = "payload_too_large")
    public Uni<Void> log(@PathParam("lease") String lease, JsonNode body) {
        return work.log(worker(), lease, WorkBodies.log(body));
    }

    /**
     * Ends the work: {@code {outcome: succeeded, result}} with at most 256 KiB, or
     * {@code {outcome: failed, error: {type, message, remedy?, retryable}}}. Sending it again
     * changes nothing.
     */
    @POST
    @Path("/{lease}/result")
    @Operation(summary = "End the work")
    @APIResponse(responseCode = "204", description = "Taken; the operation goes on")
    @APIResponse(responseCode = "409", description = "lease_lost; nothing changed")
    @APIResponse(responseCode = "413", description = "payload_too_large")
    @APIResponse(responseCode = "422", description = "work_result_invalid; the lease still holds")
    public Uni<Void> result(@PathParam("lease") String lease, JsonNode body) {
        return work.result(worker(), lease, WorkBodies.outcome(body));
    }

    /** Gives the work back undone, to be offered again at once; takes no body. */
    @POST
    @Path("/{lease}/release")
    @Consumes(MediaType.WILDCARD)
    @Operation(summary = "Give work back")
    @APIResponse(responseCode = "204", description = "Given back")
    @APIResponse(responseCode = "409", description = "lease_lost")
    public Uni<Void> release(@PathParam("lease") String lease) {
        return work.release(worker(), lease);
    }

    private Worker worker() {
        return Worker.of(identity.getPrincipal().getName(), identity::hasRole);
    }
}
