package io.adaos.hub.marketplace.listing;

import io.adaos.hub.contracts.error.HubErrorCode;
import io.adaos.hub.contracts.error.HubException;
import io.adaos.hub.contracts.listing.MarketplaceRow;
import io.adaos.hub.marketplace.listing.MarketplaceListingService.Current;
import io.adaos.hub.runtime.http.Etags;
import io.adaos.hub.runtime.security.Scope;
import io.smallrye.common.annotation.Blocking;
import io.smallrye.mutiny.Uni;
import jakarta.annotation.security.RolesAllowed;
import jakarta.ws.rs.BeanParam;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.HeaderParam;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.MediaType;
import java.util.function.Supplier;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.parameters.Parameter;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.jboss.resteasy.reactive.RestResponse;

/** Rows of the marketplace over HTTP. Searching 100,000 entries takes a while: worker threads. */
@Path("/v1/marketplace")
@Produces(MediaType.APPLICATION_JSON)
@RolesAllowed(Scope.PUBLIC_READ)
@Blocking
@Tag(name = "marketplace")
@APIResponse(responseCode = "200", description = "The answer, and how current it is")
@APIResponse(responseCode = "304", description = "The tag of If-None-Match still holds")
@APIResponse(responseCode = "400", description = "request_invalid: every fault in errors[]")
@APIResponse(responseCode = "503", description = "not_yet_visible: the catalog was not read yet")
public class MarketplaceResource {

    private final MarketplaceListingService listing;

    MarketplaceResource(MarketplaceListingService listing) {
        this.listing = listing;
    }

    /** The query as it came; texts, so that all that is wrong can be said at once. */
    public static class Query {

        @QueryParam("kind")
        @Parameter(description = "skill or scenario; both when absent")
        public String kind;

        @QueryParam("q")
        @Parameter(description = "words that must all occur in title, id, name, description, "
                + "tags or publisher, in any case; at most 200 characters and 16 words")
        public String q;

        @QueryParam("status")
        @Parameter(description = "all, installable, installed, update_available or blocked; when "
                + "absent everything but what is installed and up to date")
        public String status;

        @QueryParam("node_id")
        @Parameter(description = "node whose installed artifacts count, default hub")
        public String nodeId;

        @QueryParam("offset")
        @Parameter(description = "rows to leave out, default 0")
        public String offset;

        @QueryParam("limit")
        @Parameter(description = "rows at most, 1 to 500, default 50")
        public String limit;

        @QueryParam("min_sequence")
        @Parameter(description = "registry:N or operations:N: wait up to 1 s until that event is "
                + "included, then answer with reached: true or false")
        public String minSequence;

        @HeaderParam(HttpHeaders.IF_NONE_MATCH)
        @Parameter(description = "tag of an earlier answer")
        public String ifNoneMatch;

        private RowQueryReader.Texts texts() {
            return new RowQueryReader.Texts(
                    kind, q, status, nodeId, offset, limit, minSequence);
        }
    }

    /** A page of rows in catalog order: skills, then scenarios, each by name. */
    @GET
    @Operation(summary = "Rows for a node: what can be installed, updated, or why not")
    public Uni<RestResponse<MarketplacePage>> page(@BeanParam Query given) {
        RowQuery query = RowQueryReader.read(given.texts());
        return listing.current(query.atLeast()).map(current -> answer(
                given.ifNoneMatch, etag(current, query), () -> page(current, query)));
    }

    /** One row, whatever its status. */
    @GET
    @Path("/{kind}/{id}")
    @Operation(summary = "The row of one artifact")
    @APIResponse(responseCode = "404", description = "artifact_not_found")
    public Uni<RestResponse<MarketplaceDetail>> row(
            @PathParam("kind") String kind, @PathParam("id") String id, @BeanParam Query given) {
        ArtifactQuery query =
                RowQueryReader.readArtifact(kind, id, given.nodeId, given.minSequence);
        return listing.current(query.atLeast()).map(current -> answer(
                given.ifNoneMatch, etag(current, query), () -> detail(current, query)));
    }

    private static MarketplacePage page(Current current, RowQuery query) {
        NodeListing.Page page = current.snapshot().on(query.node())
                .page(query.filter(), query.offset(), query.limit());
        return new MarketplacePage(current.offered(query.node(), page.rows()),
                query.offset(), query.limit(), page.total(),
                query.node(), current.sources(), current.reached().orElse(null));
    }

    private static MarketplaceDetail detail(Current current, ArtifactQuery query) {
        MarketplaceRow row = current.snapshot().on(query.node()).find(query.ref())
                .orElseThrow(() -> new HubException(HubErrorCode.ARTIFACT_NOT_FOUND,
                        "The catalog has no " + query.ref()));
        return new MarketplaceDetail(current.offered(query.node(), row), query.node(),
                current.sources(), current.reached().orElse(null));
    }

    /** Not over times and positions: they move while the rows stay as they are. */
    private static String etag(Current current, Object query) {
        return Etags.weakOf(current.snapshot().version(), current.held(), query,
                current.sources().registry().state(), current.sources().operations().state(),
                current.reached());
    }

    private static <T> RestResponse<T> answer(
            String ifNoneMatch, String etag, Supplier<T> body) {
        RestResponse.ResponseBuilder<T> response = Etags.matches(ifNoneMatch, etag)
                ? RestResponse.ResponseBuilder.create(RestResponse.Status.NOT_MODIFIED)
                : RestResponse.ResponseBuilder.ok(body.get());
        return response.header(HttpHeaders.ETAG, etag)
                .header(HttpHeaders.CACHE_CONTROL, "no-cache")
                .build();
    }
}
