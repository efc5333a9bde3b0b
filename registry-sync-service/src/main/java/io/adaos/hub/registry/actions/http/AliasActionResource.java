package io.adaos.hub.registry.actions.http;

import io.adaos.hub.registry.actions.intake.ActionBodyReader;
import io.adaos.hub.runtime.http.RequestId;
import io.quarkus.security.identity.CurrentIdentityAssociation;
import jakarta.ws.rs.Path;

/** The same actions at the path that clients knew before there were versions of it. */
@Path("/actions")
public class AliasActionResource extends ActionResource {

    AliasActionResource(ActionRegistryService actions, ActionBodyReader bodies,
            CurrentIdentityAssociation identities, RequestId requestId) {
        super(actions, bodies, identities, requestId);
    }
}
