package io.adaos.hub.projection.stream.market;

import io.smallrye.mutiny.Uni;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.HeaderParam;
import jakarta.ws.rs.Path;
import org.eclipse.microprofile.rest.client.inject.RegisterRestClient;
import org.jboss.resteasy.reactive.RestResponse;

/** What is installed, as operations-service says. */
@RegisterRestClient(configKey = "operations")
@Path("/v1/installed")
interface HttpInstalledPositionApi {

    /** On all nodes; 304 without a body when the tag still holds. */
    @GET
    Uni<RestResponse<HttpPositions.Position>> installed(
            @HeaderParam("Authorization") String bearer,
            @HeaderParam("If-None-Match") String ifNoneMatch);
}
