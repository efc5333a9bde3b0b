package io.adaos.hub.projection.card;

import io.adaos.hub.contracts.error.HubErrorCode;
import io.adaos.hub.contracts.error.HubException;
import io.adaos.hub.contracts.error.Problem;
import io.adaos.hub.contracts.id.OwnerId;
import io.adaos.hub.projection.card.claim.CardClaim;
import io.adaos.hub.projection.card.claim.CardReference;
import io.adaos.hub.projection.card.claim.CardSeverity;
import io.adaos.hub.projection.card.claim.CardStatus;
import io.adaos.hub.projection.write.ingress.Writer;
import io.adaos.hub.runtime.http.Etags;
import io.adaos.hub.runtime.security.Scope;
import io.quarkus.runtime.annotations.RegisterForReflection;
import io.quarkus.security.Authenticated;
import io.quarkus.security.identity.SecurityIdentity;
import io.smallrye.mutiny.Uni;
import jakarta.annotation.security.RolesAllowed;
import jakarta.ws.rs.BeanParam;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.DELETE;
import jakarta.ws.rs.DefaultValue;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.HeaderParam;
import jakarta.ws.rs.PUT;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.util.Optional;
import java.util.function.Supplier;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.media.Content;
import org.eclipse.microprofile.openapi.annotations.media.ExampleObject;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.parameters.Parameter;
import org.eclipse.microprofile.openapi.annotations.parameters.RequestBody;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;

/** The index of status cards: what owners claim, and what the hub computes of its own state. */
@Path("/")
@Produces({MediaType.APPLICATION_JSON, Problem.MEDIA_TYPE})
@RegisterForReflection(targets = {CardAnswer.class, CardClaim.class, CardDiagnostics.class,
    CardDiagnostics.Oversized.class, CardPage.class, CardReference.class, CardSeverity.class,
    CardStatus.class, StatusCard.class})
public class StatusCardResource {

    /** What is asked for. */
    public static class Query {

        @QueryParam("webspace_id")
        @Parameter(description = "Cards of this webspace only")
        public String webspaceId;

        @QueryParam("owner")
        @Parameter(description = "Cards of this owner only, such as skill:weather")
        public String owner;

        @QueryParam("scope")
        @Parameter(description = "Cards of this scope only")
        public String scope;

        @QueryParam("include_stale")
        @DefaultValue("false")
        @Parameter(description = "Also cards that nobody has said again in time")
        public boolean includeStale;

        @QueryParam("limit")
        @DefaultValue("100")
        @Parameter(description = "Cards at most, 1 to 1000")
        public int limit;

        @HeaderParam(HttpHeaders.IF_NONE_MATCH)
        @Parameter(description = "Tag of an earlier answer")
        public String ifNoneMatch;
    }

    private final CardService cards;
    private final SecurityIdentity caller;

    StatusCardResource(CardService cards, SecurityIdentity caller) {
        this.cards = cards;
        this.caller = caller;
    }

    /** Claims a card, or says it again. */
    @PUT
    @Path("v1/status/cards/{id}")
    @Consumes(MediaType.APPLICATION_JSON)
    @RolesAllowed(Scope.PROJECTION_WRITE)
    @Operation(summary = "Say how a thing of yours is",
            description = "The owner is that of the credential. The card counts for ttl_ms (1000"
                    + " to 86400000, 60000 when absent) and is then stale, so say it again in"
                    + " time, also when nothing has changed. It is held in memory only. Texts"
                    + " are one line of at most 512 characters; metadata has at most 16 texts,"
                    + " numbers and booleans; details_ref is details:<slot>, route is"
                    + " yjs:<path>, stream:<receiver> or details:<slot>. There are no lists: a"
                    + " card points to rows, it does not carry them. A card has at most 8192"
                    + " bytes; an owner has at most 256 cards and claims 50 a second.")
    @RequestBody(content = @Content(schema = @Schema(implementation = Object.class),
            examples = @ExampleObject(name = "weather", value = """
                    {"webspace_id": "desktop", "kind": "skill", "scope": "webspace",
                     "status": "degraded", "severity": "warning",
                     "summary": "The forecast is from yesterday", "ttl_ms": 60000,
                     "route": "yjs:data/weather/current",
                     "details_ref": "details:weather.log", "metadata": {"stations": 3}}""")))
    @APIResponse(responseCode = "202",
            description = "outcome applied or unchanged, level accepted, and the card",
            content = @Content(schema = @Schema(implementation = CardAnswer.class)))
    @APIResponse(responseCode = "400", description = "body_invalid, request_invalid")
    @APIResponse(responseCode = "401", description = "unauthenticated")
    @APIResponse(responseCode = "403", description = "owner_missing, wrong_owner, forbidden")
    @APIResponse(responseCode = "404", description = "webspace_unknown")
    @APIResponse(responseCode = "413",
            description = "payload_too_large with observed and limit in bytes")
    @APIResponse(responseCode = "429", description = "rate_limited; with Retry-After")
    @APIResponse(responseCode = "503", description = "store_unavailable; with Retry-After")
    public Uni<Response> put(@PathParam("id") String id, byte[] body) {
        return cards.publish(id, owner(), body).map(answer -> Response.accepted(answer)
                .type(MediaType.APPLICATION_JSON_TYPE).build());
    }

    /** Takes a card back. */
    @DELETE
    @Path("v1/status/cards/{id}")
    @RolesAllowed(Scope.PROJECTION_WRITE)
    @Operation(summary = "Take a card of yours back")
    @APIResponse(responseCode = "204", description = "It is gone")
    @APIResponse(responseCode = "403", description = "wrong_owner, forbidden")
    @APIResponse(responseCode = "404", description = "not_found")
    public void delete(@PathParam("id") String id) {
        cards.withdraw(id, caller.getPrincipal().getName(), caller.hasRole(Scope.ADMIN));
    }

    /** The cards of webspaces the caller may read, and its own. */
    @GET
    @Path("v1/status/cards")
    @Authenticated
    @Operation(summary = "The index of status cards",
            description = "By id. Times are seconds since 1970. The tag does not change while no"
                    + " card says anything else, so ask with If-None-Match.")
    @APIResponse(responseCode = "200", description = "items, total, limit, at, diagnostics",
            content = @Content(schema = @Schema(implementation = CardPage.class)))
    @APIResponse(responseCode = "304", description = "Nothing says anything else")
    @APIResponse(responseCode = "401", description = "unauthenticated")
    public Response list(@BeanParam Query given) {
        CardPage page = cards.list(query(given));
        return answer(given.ifNoneMatch, page.etag("v1"), () -> page);
    }

    /** The same for existing clients, in their shape. */
    @GET
    @Path("api/node/status/cards")
    @Authenticated
    @Operation(summary = "The index of status cards as adaos.status_registry.v1")
    public Response alias(@BeanParam Query given) {
        CardQuery query = query(given);
        CardPage page = cards.list(query);
        return answer(given.ifNoneMatch, page.etag(LegacyCards.SCHEMA),
                () -> LegacyCards.of(page, query.webspace()));
    }

    private CardQuery query(Query given) {
        return new CardQuery(given.webspaceId, given.owner, given.scope, given.includeStale,
                given.limit, new CardQuery.Reader(caller.getPrincipal().getName(),
                        caller.hasRole(Scope.ADMIN),
                        webspace -> caller.hasRole(Scope.webspaceRead(webspace.value()))));
    }

    private static Response answer(String ifNoneMatch, String etag, Supplier<Object> body) {
        Response.ResponseBuilder answer = Etags.matches(ifNoneMatch, etag)
                ? Response.notModified()
                : Response.ok(body.get()).type(MediaType.APPLICATION_JSON_TYPE);
        return answer.header(HttpHeaders.ETAG, etag)
                .header(HttpHeaders.CACHE_CONTROL, "no-cache").build();
    }

    private OwnerId owner() {
        Writer.Identified who = Writer.identify(caller.getPrincipal().getName(),
                caller.hasRole(Scope.ADMIN), Optional.empty());
        return who.writer().map(Writer::owner).orElseThrow(() -> new HubException(
                HubErrorCode.OWNER_MISSING, "The credential '" + caller.getPrincipal().getName()
                        + "' is of no skill and of no person"));
    }
}
