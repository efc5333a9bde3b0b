package io.adaos.hub.marketplace.infrastate;

import io.smallrye.mutiny.Uni;
import jakarta.ws.rs.BeanParam;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.MediaType;
import org.eclipse.microprofile.rest.client.inject.RegisterRestClient;

/** How the hub is, in the words of projection-service. */
@RegisterRestClient(configKey = "infrastate-projection")
@Path("/api/node/reliability")
@Produces(MediaType.APPLICATION_JSON)
interface HttpReliabilityApi {

    /** The summary and the three contracts of a webspace, in the old shape. */
    @GET
    Uni<String> reliability(
            @BeanParam HttpCaller caller, @QueryParam("webspace_id") String webspaceId);
}
