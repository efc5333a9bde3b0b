package io.adaos.hub.operations.install.confirm;

import io.smallrye.mutiny.Uni;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.HeaderParam;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import org.eclipse.microprofile.rest.client.inject.RegisterRestClient;

/** The rules projection-service has loaded. */
@RegisterRestClient(configKey = "projection")
@Path("/v1/projections/rules")
interface HttpProjectionApi {

    /** The version whose rules count; {@code kind} is skill or scenario. */
    @GET
    @Path("/{kind}/{id}")
    @Produces(MediaType.APPLICATION_JSON)
    Uni<LoadedVersion> loaded(
            @HeaderParam("Authorization") String bearer,
            @PathParam("kind") String kind,
            @PathParam("id") String id);
}
