package io.adaos.hub.projection.status.edge;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonMappingException;
import io.adaos.hub.contracts.error.HubErrorCode;
import io.adaos.hub.contracts.error.HubException;
import io.adaos.hub.contracts.id.NodeId;
import io.adaos.hub.contracts.status.Connectivity;
import io.adaos.hub.projection.status.Announcement;
import io.adaos.hub.projection.status.ConnectivityTracker;
import io.adaos.hub.runtime.http.HubJson;
import io.adaos.hub.runtime.security.Scope;
import io.quarkus.runtime.annotations.RegisterForReflection;
import io.quarkus.security.Authenticated;
import io.quarkus.security.identity.SecurityIdentity;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.PUT;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import java.io.IOException;
import java.util.Arrays;
import java.util.concurrent.TimeUnit;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.media.Content;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.parameters.RequestBody;

/** Where nodes announce how their links are, and that they are about to go. */
@Path("/v1/connectivity")
@Produces(MediaType.APPLICATION_JSON)
@Authenticated
@RegisterForReflection(targets = Announcement.class)
public class ConnectivityResource {

    private static final int BODY_BYTES_MAX = 8_192;

    private final ConnectivityTracker actors;
    private final SecurityIdentity caller;

    ConnectivityResource(ConnectivityTracker actors, SecurityIdentity caller) {
        this.actors = actors;
        this.caller = caller;
    }

    /** What is announced counts for 5 s; a node that is not heard by then is reconnecting. */
    @PUT
    @Path("{kind}/{scope_id}")
    @Consumes(MediaType.APPLICATION_JSON)
    @Operation(summary = "Announce how a node's link is, at least every 5 s and before it goes",
            description = "kind is member_hub, or hub_root where hub.status.root is on; sessions "
                    + "are known by their sockets. The credential is that of the node itself "
                    + "(subject node:<scope_id>) or has scope admin. All members may be left "
                    + "out: a link is ready when nothing else is said. A heartbeat missed for "
                    + "5 s shows degraded and reconnecting, for 15 s disconnected; a planned "
                    + "transition stays announced. At most 8,192 bytes.")
    public Connectivity announce(@PathParam("kind") String kind,
            @PathParam("scope_id") String scopeId,
            @RequestBody(content = @Content(
                    schema = @Schema(implementation = Announcement.class))) byte[] body) {
        Connectivity.Kind known = Arrays.stream(Connectivity.Kind.values())
                .filter(one -> one.wire().equals(kind))
                .filter(actors::isAnnounced).findFirst()
                .orElseThrow(() -> new HubException(HubErrorCode.NOT_FOUND,
                        "Nothing is announced as '" + kind + "' here"));
        NodeId node = node(scopeId);
        if (!caller.hasRole(Scope.ADMIN)
                && !caller.getPrincipal().getName().equals("node:" + node)) {
            throw new HubException(HubErrorCode.FORBIDDEN,
                    "Only node:" + node + " or scope admin speaks for node '" + node + "'");
        }
        return actors.announce(known, node.value(), announcement(body),
                TimeUnit.NANOSECONDS.toMillis(System.nanoTime()));
    }

    private static NodeId node(String scopeId) {
        try {
            return new NodeId(scopeId);
        } catch (IllegalArgumentException e) {
            throw new HubException(HubErrorCode.REQUEST_INVALID, e.getMessage());
        }
    }

    private static Announcement announcement(byte[] body) {
        if (body.length > BODY_BYTES_MAX) {
            throw new HubException(HubErrorCode.PAYLOAD_TOO_LARGE,
                    "An announcement has at most " + BODY_BYTES_MAX + " bytes");
        }
        try {
            Announcement read = HubJson.mapper().readValue(body, Announcement.class);
            if (read != null) {
                return read;
            }
        } catch (JsonMappingException e) {
            throw new HubException(HubErrorCode.BODY_INVALID, e.getOriginalMessage());
        } catch (JsonProcessingException e) {
            throw new HubException(HubErrorCode.BODY_INVALID, "The body is no JSON");
        } catch (IOException e) {
            throw new HubException(HubErrorCode.BODY_INVALID, "The body cannot be read");
        }
        throw new HubException(HubErrorCode.BODY_INVALID, "The body is an object");
    }
}
