package io.adaos.hub.projection.gateway.http;

import io.adaos.hub.contracts.error.HubErrorCode;
import io.adaos.hub.contracts.error.HubException;
import io.adaos.hub.contracts.id.WebspaceId;
import io.adaos.hub.projection.room.RoomDirectory;
import io.adaos.hub.projection.room.RoomState;
import io.adaos.hub.projection.write.body.PathIds;
import io.adaos.hub.runtime.http.PageRequest;
import io.adaos.hub.runtime.security.Scope;
import io.quarkus.security.Authenticated;
import io.quarkus.security.identity.SecurityIdentity;
import io.smallrye.mutiny.Uni;
import jakarta.annotation.security.RolesAllowed;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.PUT;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.MediaType;
import java.util.List;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.jboss.resteasy.reactive.RestResponse;

/** Webspaces over HTTP: which there are, and what their documents hold. */
@Path("/v1/webspaces")
@Produces(MediaType.APPLICATION_JSON)
public class WebspaceResource {

    /** One webspace in an answer. */
    public record Webspace(String webspaceId) {
    }

    /** A page of webspaces, by name. */
    public record WebspacePage(List<Webspace> items, int offset, int limit, int total) {
    }

    private final RoomDirectory rooms;
    private final SecurityIdentity caller;

    WebspaceResource(RoomDirectory rooms, SecurityIdentity caller) {
        this.rooms = rooms;
        this.caller = caller;
    }

    /** The webspaces the caller may read. */
    @GET
    @Authenticated
    @Operation(summary = "The webspaces you may read, by name")
    public Uni<WebspacePage> list(
            @QueryParam("offset") Integer offset, @QueryParam("limit") Integer limit) {
        PageRequest page = PageRequest.of(offset, limit);
        return HttpAnswers.fromStore(rooms::list).map(all -> {
            List<Webspace> readable = all.stream()
                    .filter(this::mayRead)
                    .map(webspace -> new Webspace(webspace.value()))
                    .toList();
            return new WebspacePage(
                    readable.stream().skip(page.offset()).limit(page.limit()).toList(),
                    page.offset(), page.limit(), readable.size());
        });
    }

    /** Makes a webspace exist: 201, or 200 when it did already. */
    @PUT
    @Path("{webspace}")
    @RolesAllowed(Scope.ADMIN)
    @Operation(summary = "Make a webspace exist; at most 1,000 can")
    public Uni<RestResponse<Webspace>> create(@PathParam("webspace") String name) {
        WebspaceId webspace = newId(name);
        String creator = caller.getPrincipal().getName();
        return HttpAnswers.fromStore(() -> rooms.create(webspace, creator)).map(creation ->
                switch (creation) {
                    case CREATED -> RestResponse.status(
                            RestResponse.Status.CREATED, new Webspace(webspace.value()));
                    case EXISTED -> RestResponse.ok(new Webspace(webspace.value()));
                    case LIMIT_REACHED -> throw new HubException(HubErrorCode.RATE_LIMITED,
                            "There are as many webspaces as there can be");
                });
    }

    /** The document as plain JSON, for looking at; clients that follow it use {@code /yws}. */
    @GET
    @Path("{webspace}/state")
    @Authenticated
    @Operation(summary = "The document of a webspace as plain JSON, with its generation")
    public Uni<RoomState> state(@PathParam("webspace") String name) {
        WebspaceId webspace = PathIds.webspace(name);
        if (!mayRead(webspace)) {
            return HttpAnswers.fromStore(() -> rooms.exists(webspace)).map(exists -> {
                throw exists
                        ? new HubException(HubErrorCode.FORBIDDEN,
                                "Scope " + Scope.webspaceRead(webspace.value()) + " is missing")
                        : unknown(webspace);
            });
        }
        return HttpAnswers.fromStore(() -> rooms.room(webspace)).chain(room ->
                HttpAnswers.fromStore(() -> room.orElseThrow(() -> unknown(webspace)).state()));
    }

    private static HubException unknown(WebspaceId webspace) {
        return new HubException(
                HubErrorCode.WEBSPACE_UNKNOWN, "There is no webspace '" + webspace + "'");
    }

    private boolean mayRead(WebspaceId webspace) {
        return caller.hasRole(Scope.webspaceRead(webspace.value()));
    }

    private static WebspaceId newId(String name) {
        try {
            return WebspaceId.of(name);
        } catch (IllegalArgumentException e) {
            throw new HubException(HubErrorCode.REQUEST_INVALID, e.getMessage());
        }
    }
}
