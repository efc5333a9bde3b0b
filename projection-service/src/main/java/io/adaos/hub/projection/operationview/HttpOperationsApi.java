package io.adaos.hub.projection.operationview;

import io.adaos.hub.contracts.notification.NotificationPage;
import io.adaos.hub.contracts.operation.OperationPage;
import io.smallrye.mutiny.Uni;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.HeaderParam;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.QueryParam;
import org.eclipse.microprofile.rest.client.inject.RegisterRestClient;
import org.jboss.resteasy.reactive.RestResponse;

/** What the view asks of operations-service; of all webspaces at once. */
@RegisterRestClient(configKey = "operations")
@Path("/v1")
interface HttpOperationsApi {

    /** Operations, oldest first; 304 without a body when the tag still holds. */
    @GET
    @Path("operations")
    Uni<RestResponse<OperationPage>> operations(
            @HeaderParam("Authorization") String bearer,
            @HeaderParam("If-None-Match") String ifNoneMatch,
            @QueryParam("limit") int limit,
            @QueryParam("cursor") String cursor);

    /** Recent notifications, oldest first; 304 without a body when the tag still holds. */
    @GET
    @Path("notifications")
    Uni<RestResponse<NotificationPage>> notifications(
            @HeaderParam("Authorization") String bearer,
            @HeaderParam("If-None-Match") String ifNoneMatch);
}
