package io.adaos.hub.marketplace.catalogview;

import io.adaos.hub.contracts.catalog.CatalogPage;
import io.smallrye.mutiny.Uni;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.HeaderParam;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.QueryParam;
import org.eclipse.microprofile.rest.client.inject.RegisterRestClient;
import org.jboss.resteasy.reactive.RestResponse;

/** The one thing the marketplace asks of registry-sync-service. */
@RegisterRestClient(configKey = "registry")
@Path("/v1/catalog")
interface HttpRegistryApi {

    /** One page; 304 without a body when the tag still holds. */
    @GET
    Uni<RestResponse<CatalogPage>> catalog(
            @HeaderParam("Authorization") String bearer,
            @HeaderParam("If-None-Match") String ifNoneMatch,
            @QueryParam("offset") int offset,
            @QueryParam("limit") int limit);
}
