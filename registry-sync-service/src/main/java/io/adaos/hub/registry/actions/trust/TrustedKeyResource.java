package io.adaos.hub.registry.actions.trust;

import io.adaos.hub.contracts.error.FieldProblem;
import io.adaos.hub.contracts.error.HubErrorCode;
import io.adaos.hub.contracts.error.HubException;
import io.adaos.hub.registry.actions.intake.ActionBodyReader;
import io.adaos.hub.registry.actions.signature.TrustedKey;
import io.adaos.hub.runtime.http.RequestId;
import io.adaos.hub.runtime.security.Scope;
import io.quarkus.security.identity.SecurityIdentity;
import io.smallrye.common.annotation.Blocking;
import io.smallrye.mutiny.Uni;
import jakarta.annotation.security.RolesAllowed;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.PUT;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.io.InputStream;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;

/** Where an operator says whose signatures are believed. */
@Path("/v1/trusted-keys")
@Produces(MediaType.APPLICATION_JSON)
@Tag(name = "Actions")
public class TrustedKeyResource {

    private final TrustStore trust;
    private final ActionBodyReader bodies;
    private final SecurityIdentity identity;
    private final RequestId requestId;

    TrustedKeyResource(TrustStore trust, ActionBodyReader bodies, SecurityIdentity identity,
            RequestId requestId) {
        this.trust = trust;
        this.bodies = bodies;
        this.identity = identity;
        this.requestId = requestId;
    }

    @PUT
    @Path("{kid}")
    @Consumes(MediaType.WILDCARD)
    @RolesAllowed(Scope.KEYS_ADMIN)
    @Blocking
    @Operation(operationId = "trustKey", summary = "Trust a key",
            description = "Body {kid, alg, public_key}: alg is ed25519, public_key the base64 of "
                    + "32 bytes. 201 when it is new, 200 when this key is trusted already, 409 "
                    + "KEY_ALREADY_EXISTS when another key has the id. A key never changes; keys "
                    + "of TRUSTED_KEYS_JSON and TRUSTED_KEYS_PATH win")
    public Uni<Response> trust(@PathParam("kid") String kid, InputStream body) {
        TrustedKey key = bodies.trustedKey(body);
        refuseFaults(kid, key);
        return trust.add(key, identity.getPrincipal().getName(), requestId.id())
                .map(stored -> answer(key, stored));
    }

    private static void refuseFaults(String kid, TrustedKey key) {
        Optional<String> fault = key.kid().equals(kid)
                ? key.fault() : Optional.of("kid is not the one of the path");
        if (fault.isEmpty() && !key.alg().equals(TrustedKey.ED25519)) {
            fault = Optional.of("alg is not " + TrustedKey.ED25519);
        }
        if (fault.isPresent()) {
            throw new HubException(HubErrorCode.VALIDATION_ERROR, "The key cannot be trusted",
                    List.of(new FieldProblem('/' + fault.get().split(" ")[0], "invalid",
                            fault.get(), "Send {kid, alg: ed25519, public_key}")));
        }
    }

    private static Response answer(TrustedKey asked, PgTrustedKeyStore.Stored stored) {
        if (!stored.key().isSame(asked)) {
            throw new HubException(HubErrorCode.KEY_ALREADY_EXISTS,
                    "Another key is trusted as '" + asked.kid() + "'");
        }
        TrustedKey key = stored.key();
        return Response.status(stored.isNew() ? Response.Status.CREATED : Response.Status.OK)
                .entity(Map.of("kid", key.kid(), "alg", key.alg(), "public_key", key.publicKey()))
                .build();
    }
}
