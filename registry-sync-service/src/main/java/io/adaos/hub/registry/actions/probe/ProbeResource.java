package io.adaos.hub.registry.actions.probe;

import io.adaos.hub.registry.actions.http.ActionErrorForm;
import io.smallrye.mutiny.Uni;
import jakarta.annotation.security.PermitAll;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.jboss.logging.Logger;

/** The probes of the action registry's contract; open to all, as those who probe have no key. */
@Path("/")
@Produces(MediaType.APPLICATION_JSON)
@PermitAll
@Tag(name = "operations of the service itself")
public class ProbeResource {

    private static final Logger LOG = Logger.getLogger(ProbeResource.class);
    private static final Duration PATIENCE = Duration.ofSeconds(3);

    private final PgMigrations migrations;

    ProbeResource(PgMigrations migrations) {
        this.migrations = migrations;
    }

    @GET
    @Path("healthz")
    @Operation(operationId = "healthz", summary = "Basic Health Check",
            description = "200 while the process can answer")
    public Map<String, String> health() {
        return Map.of("status", "ok");
    }

    @GET
    @Path("livez")
    @Operation(operationId = "livez", summary = "Liveness Probe",
            description = "200 while the process can answer; otherwise start it anew")
    public Map<String, String> live() {
        return Map.of("status", "ok");
    }

    @GET
    @Path("readyz")
    @Operation(operationId = "readyz", summary = "Readiness Probe",
            description = "200 when the database answers and has every migration of this process; "
                    + "503 NOT_READY or NOT_READY_MIGRATIONS otherwise. NATS may be away: events "
                    + "wait in the outbox")
    public Uni<Response> ready() {
        return migrations.pending()
                .ifNoItem().after(PATIENCE).fail()
                .map(ProbeResource::answer)
                .onFailure().recoverWithItem(ProbeResource::unreachable);
    }

    private static Response answer(Optional<PgMigrations.Pending> pending) {
        return pending.map(found -> notReady("NOT_READY_MIGRATIONS",
                        "The database lacks migrations of this process",
                        Map.of("expected", found.expected(), "current", found.current())))
                .orElseGet(() -> Response.ok(Map.of("status", "ready")).build());
    }

    private static Response unreachable(Throwable failure) {
        LOG.warnf("event=not_ready detail=\"%s\"", failure.getMessage());
        return notReady("NOT_READY", "The database gives no answer",
                Map.of("reason", "the database is away, or was never migrated"));
    }

    private static Response notReady(String code, String message, Map<String, Object> details) {
        return Response.status(Response.Status.SERVICE_UNAVAILABLE)
                .entity(ActionErrorForm.envelope(code, message, details)).build();
    }
}
