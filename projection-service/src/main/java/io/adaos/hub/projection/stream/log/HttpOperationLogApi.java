package io.adaos.hub.projection.stream.log;

import com.fasterxml.jackson.databind.JsonNode;
import io.smallrye.mutiny.Uni;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.HeaderParam;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.QueryParam;
import org.eclipse.microprofile.rest.client.inject.RegisterRestClient;

/** The log of one operation, as its service keeps it. */
@RegisterRestClient(configKey = "operation-log")
@Path("/v1/operations/{id}/log")
interface HttpOperationLogApi {

    /** Lines after this one; waits so many seconds for one when there is none. */
    @GET
    Uni<JsonNode> lines(
            @HeaderParam("Authorization") String bearer,
            @PathParam("id") String id,
            @QueryParam("after") long after,
            @QueryParam("limit") int limit,
            @QueryParam("wait") int waitSeconds);
}
