package io.adaos.hub.registry.catalog;

import io.adaos.hub.contracts.catalog.ArtifactKind;
import io.adaos.hub.contracts.catalog.CatalogEntry;
import io.adaos.hub.contracts.catalog.CatalogPage;
import io.adaos.hub.contracts.error.HubErrorCode;
import io.adaos.hub.contracts.error.HubException;
import io.adaos.hub.runtime.http.Etags;
import io.adaos.hub.runtime.http.PageRequest;
import io.adaos.hub.runtime.security.Scope;
import io.quarkus.security.Authenticated;
import io.smallrye.mutiny.Uni;
import jakarta.annotation.security.RolesAllowed;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.HeaderParam;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;

/** What is published: the catalog in pages, single entries, versions and their manifests. */
@Path("/v1")
@Produces(MediaType.APPLICATION_JSON)
@Tag(name = "Catalog")
public class CatalogResource {

    private final PgCatalogReads reads;

    CatalogResource(PgCatalogReads reads) {
        this.reads = reads;
    }

    @GET
    @Path("catalog")
    @RolesAllowed(Scope.PUBLIC_READ)
    @Operation(summary = "A page of the catalog, skills before scenarios, each by name",
            description = "epoch and sequence are the position among the registry's events that "
                    + "the page holds; limit is 50 by default and at most 500")
    public Uni<Response> page(@QueryParam("offset") Integer offset,
            @QueryParam("limit") Integer limit,
            @HeaderParam(HttpHeaders.IF_NONE_MATCH) String ifNoneMatch) {
        return reads.page(PageRequest.of(offset, limit))
                .map(page -> conditional(page, etag(page), ifNoneMatch));
    }

    @GET
    @Path("{kind:skills|scenarios}/{id}")
    @RolesAllowed(Scope.PUBLIC_READ)
    @Operation(summary = "One catalog entry, by id or name without regard to case")
    public Uni<Response> entry(@PathParam("kind") String kind, @PathParam("id") String id,
            @HeaderParam(HttpHeaders.IF_NONE_MATCH) String ifNoneMatch) {
        return reads.entry(kind(kind), id)
                .map(entry -> found(entry, kind, id))
                .map(entry -> conditional(entry,
                        Etags.weakOf(entry.ref(), entry.revision(), entry.contentDigest()),
                        ifNoneMatch));
    }

    @GET
    @Path("{kind:skills|scenarios}/{id}/versions")
    @RolesAllowed(Scope.PUBLIC_READ)
    @Operation(summary = "The published versions of an artifact, the newest push first")
    public Uni<VersionPage> versions(@PathParam("kind") String kind, @PathParam("id") String id,
            @QueryParam("offset") Integer offset, @QueryParam("limit") Integer limit) {
        return reads.versions(kind(kind), id, PageRequest.of(offset, limit))
                .map(page -> found(page, kind, id));
    }

    @GET
    @Path("{kind:skills|scenarios}/{id}/versions/{version}")
    @RolesAllowed(Scope.PUBLIC_READ)
    @Operation(summary = "One published version; it never changes")
    public Uni<ArtifactVersion> version(@PathParam("kind") String kind,
            @PathParam("id") String id, @PathParam("version") String version) {
        return reads.version(kind(kind), id, version)
                .map(found -> found(found, kind, id + ' ' + version));
    }

    @GET
    @Path("{kind:skills|scenarios}/{id}/versions/{version}/manifest")
    @Authenticated
    @Operation(summary = "The manifest of a version as JSON; needs a credential")
    public Uni<Response> manifest(@PathParam("kind") String kind,
            @PathParam("id") String id, @PathParam("version") String version) {
        return reads.manifest(kind(kind), id, version)
                .map(found -> found(found, kind, id + ' ' + version))
                .map(manifest -> Response.ok(manifest, MediaType.APPLICATION_JSON_TYPE).build());
    }

    /** Counts what the page holds too: a commit shows before its event is numbered. */
    private static String etag(CatalogPage page) {
        List<Object> parts = new ArrayList<>(List.of(
                page.epoch(), page.sequence(), page.offset(), page.limit(), page.total()));
        for (CatalogEntry entry : page.items()) {
            parts.add(entry.ref());
            parts.add(entry.revision());
        }
        return Etags.weakOf(parts.toArray());
    }

    private static Response conditional(Object body, String etag, String ifNoneMatch) {
        return (Etags.matches(ifNoneMatch, etag) ? Response.notModified() : Response.ok(body))
                .header(HttpHeaders.ETAG, etag)
                .header(HttpHeaders.CACHE_CONTROL, "no-cache")
                .build();
    }

    private static ArtifactKind kind(String plural) {
        return ArtifactKind.parse(plural).orElseThrow(() ->
                new HubException(HubErrorCode.NOT_FOUND, "there is no kind '" + plural + "'"));
    }

    private static <T> T found(Optional<T> found, String plural, String what) {
        return found.orElseThrow(() -> new HubException(HubErrorCode.ARTIFACT_NOT_FOUND,
                "nothing is published as " + kind(plural).wire() + " '" + what + "'"));
    }
}
