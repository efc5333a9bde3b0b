package io.adaos.hub.projection.write.diagnostics;

import io.adaos.hub.contracts.id.WebspaceId;
import io.adaos.hub.runtime.security.Scope;
import io.quarkus.security.Authenticated;
import io.quarkus.security.identity.SecurityIdentity;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.MediaType;
import java.util.List;
import java.util.function.Predicate;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.parameters.Parameter;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;

/** Writes that found no rule or no owner. */
@Path("/")
@Produces(MediaType.APPLICATION_JSON)
@Authenticated
public class DiagnosticsResource {

    /**
     * All misses since the service began, the newest first.
     *
     * @param items at most 256
     * @param total rows in {@code items}
     * @param evictedTotal rows that had to go for newer ones
     * @param ownerMissing credentials that own nothing and wrote; for scope admin only
     */
    public record Misses(List<RuleMiss> items, int total, long evictedTotal,
            List<OwnerMiss> ownerMissing) {
    }

    private final MissService misses;
    private final SecurityIdentity caller;

    DiagnosticsResource(MissService misses, SecurityIdentity caller) {
        this.misses = misses;
        this.caller = caller;
    }

    /** Writes without a rule, of webspaces the caller may read and of the caller itself. */
    @GET
    @Path("v1/diagnostics/projections")
    @Operation(summary = "Writes that found no projection rule",
            description = "One row per owner, webspace, scope and slot, at most 256; the one "
                    + "silent longest goes first. You see rows of webspaces you may read, and "
                    + "your own. manifest_available says whether the writing skill's manifest "
                    + "was there, declared_projection_total and declared_route_total what it "
                    + "declares. Times are RFC 3339 UTC, sizes bytes.")
    @APIResponse(responseCode = "401", description = "unauthenticated")
    public Misses projections(
            @Parameter(description = "Rows of this webspace only")
            @QueryParam("webspace_id") String webspaceId,
            @Parameter(description = "Rows of this owner only, such as skill:weather")
            @QueryParam("owner") String owner) {
        String webspace = "default".equals(webspaceId) ? WebspaceId.DESKTOP.value() : webspaceId;
        Predicate<RuleMiss> wanted = row ->
                (webspace == null || webspace.equals(row.webspaceId().value()))
                        && (owner == null || owner.equals(row.owner().value()));
        List<RuleMiss> rows = misses.ruleMisses().stream()
                .filter(this::maySee).filter(wanted).toList();
        return new Misses(rows, rows.size(), misses.evicted(),
                caller.hasRole(Scope.ADMIN) ? misses.ownerMisses() : List.of());
    }

    /** The same for existing clients. */
    @GET
    @Path("api/node/projection-diagnostics")
    @Operation(summary = "The same as GET /v1/diagnostics/projections")
    public Misses alias(@QueryParam("webspace_id") String webspaceId,
            @QueryParam("owner") String owner) {
        return projections(webspaceId, owner);
    }

    private boolean maySee(RuleMiss row) {
        return caller.hasRole(Scope.webspaceRead(row.webspaceId().value()))
                || row.owner().value().equals(caller.getPrincipal().getName());
    }
}
