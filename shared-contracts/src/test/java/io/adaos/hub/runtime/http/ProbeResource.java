package io.adaos.hub.runtime.http;

import io.adaos.hub.contracts.bus.HubSubjects;
import io.adaos.hub.contracts.error.FieldProblem;
import io.adaos.hub.contracts.error.HubErrorCode;
import io.adaos.hub.contracts.error.HubException;
import io.adaos.hub.contracts.id.ArtifactRef;
import io.adaos.hub.runtime.outbox.Outbox;
import io.adaos.hub.runtime.outbox.OutboxEvent;
import io.adaos.hub.runtime.outbox.OutboxPosition;
import io.adaos.hub.runtime.pg.PgTransactions;
import io.adaos.hub.runtime.security.Scope;
import io.quarkus.security.Authenticated;
import io.quarkus.security.identity.SecurityIdentity;
import io.smallrye.mutiny.Uni;
import jakarta.annotation.security.RolesAllowed;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.Response;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;

/** Does on request what real resources do, so that the answers of the runtime can be tested. */
@Path("/probe")
public class ProbeResource {

    private final SecurityIdentity identity;
    private final PgTransactions transactions;
    private final Outbox outbox;

    ProbeResource(SecurityIdentity identity, PgTransactions transactions, Outbox outbox) {
        this.identity = identity;
        this.transactions = transactions;
        this.outbox = outbox;
    }

    /** A body with every kind of member. */
    public record Thing(
            String someText, int someNumber, Instant someTime, List<Thing> innerThings) {
    }

    @POST
    @Path("/echo")
    public Thing echo(Thing thing) {
        return thing;
    }

    @GET
    @Path("/refused")
    public Response refused() {
        throw new HubException(HubErrorCode.TARGET_BUSY, "op_1 works on it",
                List.of(new FieldProblem("/target_id", "busy", "is busy", "wait")),
                Map.of("holder", "op_1")).after(Duration.ofMillis(1500));
    }

    @GET
    @Path("/broken")
    public Uni<String> broken() {
        return Uni.createFrom().failure(new IllegalStateException("secret detail"));
    }

    @GET
    @Path("/page")
    public PageRequest page(
            @QueryParam("offset") Integer offset, @QueryParam("limit") Integer limit) {
        return PageRequest.of(offset, limit);
    }

    @GET
    @Path("/public")
    @RolesAllowed(Scope.PUBLIC_READ)
    public String publicRead() {
        return "open";
    }

    @GET
    @Path("/mine")
    @Authenticated
    public Map<String, String> mine() {
        return Map.of("subject", identity.getPrincipal().getName());
    }

    @GET
    @Path("/push")
    @RolesAllowed(Scope.CATALOG_PUSH)
    public String push() {
        return "pushed";
    }

    @POST
    @Path("/facts/{id}")
    public Uni<OutboxPosition> fact(@PathParam("id") String id) {
        return transactions.write(tx -> outbox.append(tx, new OutboxEvent(
                        HubSubjects.catalogUpserted(new ArtifactRef("skill", id)),
                        "io.adaos.hub.catalog.upserted.v1", id, null, Map.of("id", id))))
                .chain(() -> transactions.snapshot(outbox::position));
    }
}
