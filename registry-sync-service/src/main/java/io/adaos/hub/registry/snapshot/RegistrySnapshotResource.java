package io.adaos.hub.registry.snapshot;

import io.adaos.hub.runtime.http.Etags;
import io.adaos.hub.runtime.security.Scope;
import io.smallrye.mutiny.Uni;
import jakarta.annotation.security.RolesAllowed;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.HeaderParam;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;

/** The catalog as the file existing clients read. */
@Path("/registry.json")
@Tag(name = "Catalog")
public class RegistrySnapshotResource {

    private final RegistrySnapshotService snapshots;

    RegistrySnapshotResource(RegistrySnapshotService snapshots) {
        this.snapshots = snapshots;
    }

    @GET
    @RolesAllowed(Scope.PUBLIC_READ)
    @Produces(MediaType.APPLICATION_JSON)
    @Operation(summary = "The whole catalog as registry.json, format 2",
            description = "Equal catalogs give equal bytes; the ETag is made of their SHA-256")
    public Uni<Response> file(@HeaderParam(HttpHeaders.IF_NONE_MATCH) String ifNoneMatch) {
        return snapshots.current().map(file ->
                (Etags.matches(ifNoneMatch, file.etag())
                        ? Response.notModified() : Response.ok(file.bytes()))
                        .header(HttpHeaders.ETAG, file.etag())
                        .header(HttpHeaders.CACHE_CONTROL, "no-cache")
                        .build());
    }
}
