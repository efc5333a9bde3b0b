package io.adaos.hub.projection.operationview;

import io.adaos.hub.contracts.notification.NotificationPage;
import io.adaos.hub.contracts.operation.OperationPage;
import io.quarkus.rest.client.reactive.ClientQueryParam;
import io.smallrye.mutiny.Uni;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.HeaderParam;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.QueryParam;
import org.eclipse.microprofile.rest.client.inject.RegisterRestClient;
import org.jboss.resteasy.reactive.RestResponse;

/** What the view asks of operations-service. */
@RegisterRestClient(configKey = "operations")
@Path("/v1")
interface HttpOperationsApi {

    /** Active operations of all webspaces; 304 without a body when the tag still holds. */
    @GET
    @Path("operations")
    @ClientQueryParam(name = "status", value = "active")
    @ClientQueryParam(name = "limit", value = "500")
    Uni<RestResponse<OperationPage>> active(
            @HeaderParam("Authorization") String bearer,
            @HeaderParam("If-None-Match") String ifNoneMatch,
            @QueryParam("cursor") String cursor);

    /** The operations of one webspace that ended last. */
    @GET
    @Path("operations")
    @ClientQueryParam(name = "status", value = "ended")
    @ClientQueryParam(name = "order", value = "ended")
    Uni<OperationPage> ended(
            @HeaderParam("Authorization") String bearer,
            @QueryParam("webspace_id") String webspaceId,
            @QueryParam("limit") int limit);

    /** The newest notifications of one webspace. */
    @GET
    @Path("notifications")
    Uni<NotificationPage> notifications(
            @HeaderParam("Authorization") String bearer,
            @QueryParam("webspace_id") String webspaceId,
            @QueryParam("limit") int limit);
}
