package io.adaos.hub.projection.stream.publish;

import io.adaos.hub.contracts.error.FieldProblem;
import io.adaos.hub.contracts.error.HubErrorCode;
import io.adaos.hub.contracts.error.HubException;
import io.adaos.hub.contracts.error.Problem;
import io.adaos.hub.projection.stream.topic.StreamTopic;
import io.adaos.hub.projection.write.body.PathIds;
import io.adaos.hub.projection.write.ingress.Writer;
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
import jakarta.ws.rs.core.MediaType;
import java.util.List;
import java.util.Optional;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.media.Content;
import org.eclipse.microprofile.openapi.annotations.media.ExampleObject;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.parameters.RequestBody;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;

/** How skills publish what is too lively or too large for the document. */
@Path("/v1/webspaces/{webspace}/streams/{receiver}")
@Produces({MediaType.APPLICATION_JSON, Problem.MEDIA_TYPE})
@Consumes(MediaType.APPLICATION_JSON)
@RegisterForReflection(targets = StreamAnswer.class)
public class StreamResource {

    private final StreamService streams;
    private final SecurityIdentity caller;
    private final RequestId requestId;

    StreamResource(StreamService streams, SecurityIdentity caller, RequestId requestId) {
        this.streams = streams;
        this.caller = caller;
        this.requestId = requestId;
    }

    /** Publishes the newest value of a stream. */
    @POST
    @RolesAllowed(Scope.PROJECTION_WRITE)
    @Operation(summary = "Publish the newest value of a declared stream",
            description = "Readers are on ws /ws, topic webio.stream.<webspace>.<receiver>, with"
                    + " node_id webio.stream.<webspace>.nodes.<node>.<receiver>. The receiver is"
                    + " of a data route with route: stream of the skill itself or of the active"
                    + " scenario. At most 262144 bytes, 5 messages a second unless the budget of"
                    + " the route says otherwise; see docs/streams.md")
    @RequestBody(content = @Content(schema = @Schema(implementation = Object.class),
            examples = @ExampleObject(name = "now", value = """
                    {"payload": {"t": 21.5}, "node_id": "kitchen"}""")))
    @APIResponse(responseCode = "200", description = "published, unchanged or coalesced",
            content = @Content(schema = @Schema(implementation = StreamAnswer.class),
                    examples = @ExampleObject(name = "published", value = """
                            {"outcome": "published",
                             "topic": "webio.stream.desktop.nodes.kitchen.weather.now",
                             "owner": "skill:weather", "receivers": 2, "bytes": 10,
                             "correlation_id": "5f0c"}""")))
    @APIResponse(responseCode = "400", description = "body_invalid, request_invalid")
    @APIResponse(responseCode = "401", description = "unauthenticated")
    @APIResponse(responseCode = "403", description = "owner_missing, wrong_owner, forbidden")
    @APIResponse(responseCode = "404", description = "stream_not_declared, webspace_unknown")
    @APIResponse(responseCode = "413",
            description = "payload_budget_exceeded; payload_too_large above 4 MiB")
    @APIResponse(responseCode = "422", description = "value_invalid")
    @APIResponse(responseCode = "429", description = "rate_limited; with Retry-After")
    @APIResponse(responseCode = "503",
            description = "policy_unavailable, store_unavailable; with Retry-After")
    public Uni<StreamAnswer> publish(@PathParam("webspace") String webspace,
            @PathParam("receiver") String receiver, byte[] body) {
        String subject = caller.getPrincipal().getName();
        return streams.publish(
                Writer.identify(subject, caller.hasRole(Scope.ADMIN), Optional.empty()),
                new StreamService.Asked(PathIds.webspace(webspace), legal(webspace, receiver),
                        subject, body, requestId.id()));
    }

    private static String legal(String webspace, String receiver) {
        try {
            return StreamTopic.of(PathIds.webspace(webspace), receiver).receiver();
        } catch (IllegalArgumentException e) {
            throw new HubException(HubErrorCode.REQUEST_INVALID, "That is no receiver", List.of(
                    new FieldProblem("receiver", "malformed", e.getMessage(),
                            "Take the receiver from the manifest's data_routes")));
        }
    }
}
