package io.adaos.hub.marketplace.installed;

import io.adaos.hub.contracts.operation.InstalledPage;
import io.adaos.hub.contracts.operation.OperationPage;
import io.quarkus.rest.client.reactive.ClientQueryParam;
import io.smallrye.mutiny.Uni;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.HeaderParam;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.QueryParam;
import org.eclipse.microprofile.rest.client.inject.RegisterRestClient;
import org.jboss.resteasy.reactive.RestResponse;

/** What rows of the marketplace ask of operations-service. */
@RegisterRestClient(configKey = "operations")
@Path("/v1")
interface HttpOperationsApi {

    /** What is installed on all nodes; 304 without a body when the tag still holds. */
    @GET
    @Path("installed")
    Uni<RestResponse<InstalledPage>> installed(
            @HeaderParam("Authorization") String bearer,
            @HeaderParam("If-None-Match") String ifNoneMatch);

    /** Operations of all webspaces that have not ended. */
    @GET
    @Path("operations")
    @ClientQueryParam(name = "status", value = "active")
    @ClientQueryParam(name = "limit", value = "500")
    Uni<OperationPage> active(
            @HeaderParam("Authorization") String bearer, @QueryParam("cursor") String cursor);
}
