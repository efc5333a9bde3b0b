package io.adaos.hub.operations.notification;

import io.adaos.hub.contracts.error.FieldProblem;
import io.adaos.hub.contracts.error.HubErrorCode;
import io.adaos.hub.contracts.error.HubException;
import io.adaos.hub.contracts.id.WebspaceId;
import io.adaos.hub.contracts.notification.NotificationPage;
import io.adaos.hub.contracts.notification.OperationNotification;
import io.adaos.hub.runtime.http.ConditionalAnswer;
import io.adaos.hub.runtime.http.PageRequest;
import io.adaos.hub.runtime.http.RequestId;
import io.adaos.hub.runtime.security.Scope;
import io.smallrye.mutiny.Uni;
import jakarta.annotation.security.RolesAllowed;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.HeaderParam;
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
import java.util.Optional;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.enums.SchemaType;
import org.eclipse.microprofile.openapi.annotations.media.Content;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.parameters.Parameter;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;

/** What people should be told. */
@Path("/v1/notifications")
@Produces(MediaType.APPLICATION_JSON)
public class NotificationResource {

    private static final int SHOWN_MAX = 80;

    private final NotificationStore notifications;
    private final RequestId requestId;

    NotificationResource(NotificationStore notifications, RequestId requestId) {
        this.notifications = notifications;
        this.requestId = requestId;
    }

    /**
     * The newest notifications of a webspace, or of all, oldest first, at one position
     * ({@code epoch}, {@code sequence}) of this service's facts. {@code limit} is 50 unless told,
     * at most 500. 400 names every parameter that is wrong; 304 when the tag still holds.
     */
    @GET
    @RolesAllowed(Scope.OPERATIONS_READ)
    @Operation(summary = "Recent notifications")
    @APIResponse(responseCode = "200",
            content = @Content(schema = @Schema(implementation = NotificationPage.class)))
    @APIResponse(responseCode = "304", description = "The tag still holds")
    @APIResponse(responseCode = "400", description = "request_invalid, with all errors")
    public Uni<Response> list(@QueryParam("webspace_id") String webspaceId,
            @Parameter(schema = @Schema(type = SchemaType.INTEGER, minimum = "1",
                    maximum = "500", defaultValue = "50"))
            @QueryParam("limit") String limit,
            @HeaderParam(HttpHeaders.IF_NONE_MATCH) String ifNoneMatch) {
        List<FieldProblem> problems = new ArrayList<>();
        Optional<WebspaceId> webspace = webspace(webspaceId, problems);
        int most = limit(limit, problems);
        if (!problems.isEmpty()) {
            throw new HubException(
                    HubErrorCode.REQUEST_INVALID, "The list asked for does not exist", problems);
        }
        return notifications.newest(webspace, most)
                .map(page -> ConditionalAnswer.of(page, ifNoneMatch));
    }

    /** Marks one as read; the first time counts, however often it is sent. */
    @POST
    @Path("/{id}/read")
    @RolesAllowed(Scope.OPERATIONS_RUN)
    @Operation(summary = "Mark a notification as read")
    @APIResponse(responseCode = "200",
            content = @Content(schema = @Schema(implementation = OperationNotification.class)))
    @APIResponse(responseCode = "404", description = "not_found")
    public Uni<OperationNotification> read(@PathParam("id") String id) {
        return notifications.read(id, requestId.id())
                .map(found -> found.orElseThrow(() -> missing(id)));
    }

    /**
     * Marks a notification and all older ones of its webspace as read, 1,000 at most: {@code more}
     * says that there may be others left, which sending it again marks.
     */
    @POST
    @Path("/read")
    @Consumes(MediaType.APPLICATION_JSON)
    @RolesAllowed(Scope.OPERATIONS_RUN)
    @Operation(summary = "Mark notifications as read")
    @APIResponse(responseCode = "200",
            content = @Content(schema = @Schema(implementation = ReadAnswer.class)))
    @APIResponse(responseCode = "404", description = "not_found")
    public Uni<ReadAnswer> readThrough(ReadRequest request) {
        if (request == null || request.through() == null) {
            throw new HubException(HubErrorCode.REQUEST_INVALID, "It is not said what was read",
                    List.of(new FieldProblem("/through", "missing", "through is missing",
                            "Use the id of the newest notification that was read")));
        }
        return notifications.readThrough(request.through(), requestId.id())
                .map(read -> ReadAnswer.of(
                        read.orElseThrow(() -> missing(request.through()))));
    }

    private static HubException missing(String id) {
        String shown = id.length() <= SHOWN_MAX ? id : id.substring(0, SHOWN_MAX) + '…';
        return new HubException(
                HubErrorCode.NOT_FOUND, "There is no notification '" + shown + "'");
    }

    private static Optional<WebspaceId> webspace(
            String webspaceId, List<FieldProblem> problems) {
        try {
            return Optional.ofNullable(webspaceId).map(WebspaceId::of);
        } catch (IllegalArgumentException e) {
            problems.add(new FieldProblem("webspace_id", "malformed", e.getMessage(),
                    "Use a webspace's name, or leave it out"));
            return Optional.empty();
        }
    }

    /** Read by hand: the framework would answer a word with 404. */
    private static int limit(String text, List<FieldProblem> problems) {
        try {
            int limit = text == null ? PageRequest.LIMIT_DEFAULT : Integer.parseInt(text);
            if (limit >= 1 && limit <= PageRequest.LIMIT_MAX) {
                return limit;
            }
        } catch (NumberFormatException e) {
            // said below, like a number out of range
        }
        problems.add(new FieldProblem("limit", "out_of_range", "limit is '" + text + "'",
                "Use a number from 1 to " + PageRequest.LIMIT_MAX));
        return PageRequest.LIMIT_DEFAULT;
    }
}
