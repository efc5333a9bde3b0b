package io.adaos.hub.registry.actions.http;

import io.adaos.hub.registry.actions.intake.ActionBodyReader;
import io.adaos.hub.runtime.http.RequestId;
import io.quarkus.security.identity.CurrentIdentityAssociation;
import jakarta.ws.rs.Path;

/** Actions at their canonical path. */
@Path("/v1/actions")
public class VersionedActionResource extends ActionResource {

    VersionedActionResource(ActionRegistryService actions, ActionBodyReader bodies,
            CurrentIdentityAssociation identities, RequestId requestId) {
        super(actions, bodies, identities, requestId);
    }
}
