package io.adaos.hub.marketplace.infrastate;

import io.smallrye.mutiny.Uni;
import jakarta.ws.rs.BeanParam;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.HeaderParam;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.MediaType;
import org.eclipse.microprofile.rest.client.inject.RegisterRestClient;

/** What old clients reach of operations-service through here; texts, passed on unread. */
@RegisterRestClient(configKey = "infrastate-operations")
@Path("/")
@Produces(MediaType.APPLICATION_JSON)
interface HttpOperationsCommands {

    /** What one webspace shows of operations, in the old shape. */
    @GET
    @Path("api/operations")
    Uni<String> operations(
            @BeanParam HttpCaller caller, @QueryParam("webspace_id") String webspaceId);

    /** Starts an operation. */
    @POST
    @Path("v1/operations")
    @Consumes(MediaType.APPLICATION_JSON)
    Uni<String> start(@BeanParam HttpCaller caller,
            @HeaderParam("Idempotency-Key") String key, String request);
}
