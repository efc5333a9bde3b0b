package io.adaos.hub.projection.stream.market;

import io.smallrye.mutiny.Uni;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.HeaderParam;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.QueryParam;
import org.eclipse.microprofile.rest.client.inject.RegisterRestClient;
import org.jboss.resteasy.reactive.RestResponse;

/** The catalog, as registry-sync-service says. */
@RegisterRestClient(configKey = "registry")
@Path("/v1/catalog")
interface HttpCatalogApi {

    /** A page of it; 304 without a body when the tag still holds. */
    @GET
    Uni<RestResponse<HttpPositions.Position>> catalog(
            @HeaderParam("Authorization") String bearer,
            @HeaderParam("If-None-Match") String ifNoneMatch,
            @QueryParam("limit") int limit);
}
