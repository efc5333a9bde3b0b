package io.adaos.hub.operations.install;

import io.smallrye.mutiny.Uni;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.HeaderParam;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import org.eclipse.microprofile.rest.client.inject.RegisterRestClient;

/** Entries of registry-sync-service; {@code kinds} is skills or scenarios. */
@RegisterRestClient(configKey = "registry")
@Path("/v1")
interface HttpRegistryApi {

    /** The newest version. */
    @GET
    @Path("/{kinds}/{id}")
    @Produces(MediaType.APPLICATION_JSON)
    Uni<ArtifactVersion> newest(
            @HeaderParam("Authorization") String bearer,
            @PathParam("kinds") String kinds,
            @PathParam("id") String id);

    /** One published version. */
    @GET
    @Path("/{kinds}/{id}/versions/{version}")
    @Produces(MediaType.APPLICATION_JSON)
    Uni<ArtifactVersion> version(
            @HeaderParam("Authorization") String bearer,
            @PathParam("kinds") String kinds,
            @PathParam("id") String id,
            @PathParam("version") String version);
}
