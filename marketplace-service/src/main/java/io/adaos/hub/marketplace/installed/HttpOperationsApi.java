package io.adaos.hub.marketplace.installed;

import io.adaos.hub.contracts.operation.InstalledPage;
import io.smallrye.mutiny.Uni;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.HeaderParam;
import jakarta.ws.rs.Path;
import org.eclipse.microprofile.rest.client.inject.RegisterRestClient;
import org.jboss.resteasy.reactive.RestResponse;

/** The one thing the marketplace asks of operations-service. */
@RegisterRestClient(configKey = "operations")
@Path("/v1/installed")
interface HttpOperationsApi {

    /** What is installed on all nodes; 304 without a body when the tag still holds. */
    @GET
    Uni<RestResponse<InstalledPage>> installed(
            @HeaderParam("Authorization") String bearer,
            @HeaderParam("If-None-Match") String ifNoneMatch);
}
