package io.adaos.hub.operations.diagnostics;

import io.adaos.hub.contracts.error.HubErrorCode;
import io.adaos.hub.contracts.error.HubException;
import io.adaos.hub.contracts.id.OperationId;
import io.adaos.hub.runtime.security.Scope;
import io.smallrye.mutiny.Uni;
import jakarta.annotation.security.RolesAllowed;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.Response;
import java.util.Optional;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;

/** The files that {@code diagnostics.run} makes. */
@Path("/v1/operations/{id}/bundle")
public class BundleResource {

    private static final String ZIP = "application/zip";

    private final BundleStore bundles;

    BundleResource(PgBundleStore bundles) {
        this.bundles = bundles;
    }

    /**
     * A zip of at most 4 MiB with {@code manifest.json}, {@code health/}, {@code status/} and
     * {@code logs/}; kept for a day unless configured otherwise.
     */
    @GET
    @RolesAllowed(Scope.OPERATIONS_READ)
    @Produces(ZIP)
    @Operation(summary = "The bundle of a diagnostics.run")
    @APIResponse(responseCode = "200", description = "The bundle, a zip")
    @APIResponse(responseCode = "404", description = "bundle_not_found: none, or expired")
    public Uni<Response> bundle(@PathParam("id") String id) {
        return parsed(id).map(bundles::find).orElseGet(() ->
                        Uni.createFrom().item(Optional.<byte[]>empty()))
                .map(found -> found.orElseThrow(() -> new HubException(
                        HubErrorCode.BUNDLE_NOT_FOUND, "There is no bundle of " + id)))
                .map(bytes -> Response.ok(bytes, ZIP)
                        .header(HttpHeaders.CONTENT_DISPOSITION,
                                "attachment; filename=\"hub-" + id + ".zip\"")
                        .header(HttpHeaders.CACHE_CONTROL, "no-store")
                        .build());
    }

    private static Optional<OperationId> parsed(String id) {
        try {
            return Optional.of(new OperationId(id));
        } catch (IllegalArgumentException e) {
            return Optional.empty();
        }
    }
}
