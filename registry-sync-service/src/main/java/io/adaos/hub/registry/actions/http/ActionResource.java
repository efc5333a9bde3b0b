package io.adaos.hub.registry.actions.http;

import io.adaos.hub.contracts.error.FieldProblem;
import io.adaos.hub.contracts.error.HubErrorCode;
import io.adaos.hub.contracts.error.HubException;
import io.adaos.hub.registry.actions.intake.ActionBodyReader;
import io.adaos.hub.registry.actions.intake.ActionKey;
import io.adaos.hub.registry.actions.intake.ActionQuery;
import io.adaos.hub.registry.actions.intake.PublishRequest;
import io.adaos.hub.registry.actions.signature.SignatureBlock;
import io.adaos.hub.registry.actions.store.Publisher;
import io.adaos.hub.runtime.http.RequestId;
import io.adaos.hub.runtime.security.Scope;
import io.quarkus.security.identity.CurrentIdentityAssociation;
import io.quarkus.security.identity.SecurityIdentity;
import io.smallrye.common.annotation.Blocking;
import io.smallrye.mutiny.Uni;
import jakarta.annotation.security.PermitAll;
import jakarta.annotation.security.RolesAllowed;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.HeaderParam;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.io.InputStream;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.media.Content;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.parameters.RequestBody;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;

/** Signed actions over HTTP; two paths lead to these handlers. */
@Produces(MediaType.APPLICATION_JSON)
@Tag(name = "Actions")
public abstract class ActionResource {

    private final ActionRegistryService actions;
    private final ActionBodyReader bodies;
    private final CurrentIdentityAssociation identities;
    private final RequestId requestId;

    ActionResource(ActionRegistryService actions, ActionBodyReader bodies,
            CurrentIdentityAssociation identities, RequestId requestId) {
        this.actions = actions;
        this.bodies = bodies;
        this.identities = identities;
        this.requestId = requestId;
    }

    /** The body of a publish request, for the documentation alone: it is read by hand. */
    @Schema(name = "PublishRequest", description = "A schema and its signature")
    record PublishBody(
            @Schema(required = true, description = "Any JSON object") Map<String, Object> schema,
            @Schema(required = true) SignatureBlock signature) {
    }

    @GET
    @RolesAllowed(Scope.PUBLIC_READ)
    @Operation(operationId = "listActions", summary = "Discover Actions",
            description = "Actions by name, with their versions. Search and pagination controls: "
                    + "q is looked for in name and description without regard to case, kid is the "
                    + "signer's key id; both choose versions, and an action is shown with the "
                    + "chosen ones. offset counts actions from 0, limit is 50 by default and at "
                    + "most 200")
    public Uni<ActionList> list(@QueryParam("q") String search, @QueryParam("kid") String kid,
            @QueryParam("offset") String offset, @QueryParam("limit") String limit) {
        return actions.page(ActionQuery.of(search, kid, offset, limit)).map(ActionList::new);
    }

    @GET
    @Path("{name}/versions/{version}")
    @RolesAllowed(Scope.PUBLIC_READ)
    @Operation(operationId = "getActionVersion", summary = "Fetch Versioned Action Schema",
            description = "The schema with its signature, verified anew. What is not to be "
                    + "believed is answered too, with verified false and the reason in "
                    + "verify_error")
    public Uni<ActionRecord> fetch(
            @PathParam("name") String name, @PathParam("version") String version) {
        return actions.fetch(key(name, version));
    }

    @GET
    @Path("{name}/versions/{version}/verify")
    @RolesAllowed(Scope.PUBLIC_READ)
    @Operation(operationId = "verifyActionVersion", summary = "Verify Action Signature",
            description = "Whether the signature is believed at this moment, without the schema")
    public Uni<ActionVerification> verify(
            @PathParam("name") String name, @PathParam("version") String version) {
        return actions.fetch(key(name, version)).map(ActionVerification::of);
    }

    /** The contract judges the body before the credential, so this is done by hand. */
    @POST
    @Path("{name}/versions/{version}")
    @Consumes(MediaType.WILDCARD)
    @PermitAll
    @Blocking
    @Operation(operationId = "publishActionVersion", summary = "Publish Action Version",
            description = "Needs the scope actions:publish, such as of ACTION_REGISTRY_API_KEY, "
                    + "as Bearer or x-api-key. The body is {schema: object, signature: {alg, kid, "
                    + "sig}}; sig is Ed25519 over the 32 bytes of the SHA-256 of the schema's "
                    + "canonical form ar-c14n-1. 201 for a new version, 200 when the same content "
                    + "is there, 409 when other content is: a version never changes")
    @RequestBody(required = true, content = @Content(mediaType = MediaType.APPLICATION_JSON,
            schema = @Schema(implementation = PublishBody.class)))
    @APIResponse(responseCode = "201", description = "Published", content = @Content(
            schema = @Schema(implementation = ActionRecord.class)))
    @APIResponse(responseCode = "200", description = "The same content is there already",
            content = @Content(schema = @Schema(implementation = ActionRecord.class)))
    @APIResponse(responseCode = "4XX", description = "Refused", content = @Content(
            schema = @Schema(implementation = ActionErrorForm.Envelope.class)))
    public Uni<Response> publish(
            @PathParam("name") String name, @PathParam("version") String version,
            @HeaderParam(HttpHeaders.CONTENT_TYPE) String contentType, InputStream body) {
        ActionKey key = key(name, version);
        key.refuseFaults();
        refuseOtherThanJson(contentType);
        PublishRequest request = bodies.publishRequest(body);
        String correlationId = requestId.id();
        return identities.getDeferredIdentity()
                .map(identity -> new Publisher(publisher(identity), correlationId))
                .chain(publisher -> actions.publish(key, request, publisher))
                .map(published -> Response.status(published.isNew() ? 201 : 200)
                        .entity(published.action()).build());
    }

    private static String publisher(SecurityIdentity identity) {
        if (identity.isAnonymous()) {
            throw new HubException(HubErrorCode.UNAUTHENTICATED,
                    "Publishing needs a credential and none was sent");
        }
        if (!identity.hasRole(Scope.ACTIONS_PUBLISH)) {
            throw new HubException(HubErrorCode.FORBIDDEN,
                    "The credential lacks the scope " + Scope.ACTIONS_PUBLISH);
        }
        return identity.getPrincipal().getName();
    }

    /** A slash in a name never leads anywhere, however it is written. */
    private static ActionKey key(String name, String version) {
        if (name.indexOf('/') >= 0 || version.indexOf('/') >= 0) {
            throw new HubException(HubErrorCode.NOT_FOUND, "Names and versions have no slash");
        }
        return new ActionKey(name, version);
    }

    private static void refuseOtherThanJson(String contentType) {
        String type = contentType == null ? MediaType.APPLICATION_JSON
                : contentType.split(";", 2)[0].strip().toLowerCase(Locale.ROOT);
        if (!type.equals(MediaType.APPLICATION_JSON) && !type.endsWith("+json")) {
            throw new HubException(HubErrorCode.VALIDATION_ERROR, "The body must be JSON",
                    List.of(new FieldProblem("Content-Type", "wrong_type",
                            "the content type is not application/json",
                            "Send Content-Type: application/json")));
        }
    }
}
