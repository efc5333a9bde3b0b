package io.adaos.hub.projection.rules.follow;

import io.smallrye.mutiny.Uni;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.HeaderParam;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import org.eclipse.microprofile.rest.client.inject.RegisterRestClient;

/** Manifests, as registry-sync-service keeps them; {@code kinds} is skills or scenarios. */
@RegisterRestClient(configKey = "registry")
@Path("/v1")
interface HttpManifestApi {

    /** The manifest of a published version, a JSON object. */
    @GET
    @Path("/{kinds}/{id}/versions/{version}/manifest")
    @Produces(MediaType.APPLICATION_JSON)
    Uni<String> manifest(
            @HeaderParam("Authorization") String bearer,
            @PathParam("kinds") String kinds,
            @PathParam("id") String id,
            @PathParam("version") String version);
}
