package io.adaos.hub.projection.rules.follow;

import io.adaos.hub.contracts.catalog.ArtifactKind;
import io.adaos.hub.contracts.error.HubErrorCode;
import io.adaos.hub.contracts.error.HubException;
import io.adaos.hub.contracts.id.ArtifactRef;
import io.adaos.hub.projection.rules.RuleLayer;
import io.quarkus.security.Authenticated;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import java.util.Optional;
import org.eclipse.microprofile.openapi.annotations.Operation;

/** Which rules count; an installation ends when it finds its version here. */
@Path("/v1/projections/rules")
@Produces(MediaType.APPLICATION_JSON)
public class RulesResource {

    private final InstalledRulesService rules;

    RulesResource(InstalledRulesService rules) {
        this.rules = rules;
    }

    /** The version whose rules count; 404 while none does. */
    @GET
    @Path("{kind}/{id}")
    @Authenticated
    @Operation(summary = "The version of an artifact whose projection rules count now")
    public LoadedRules loaded(@PathParam("kind") String kind, @PathParam("id") String id) {
        return refOf(kind, id)
                .flatMap(ref -> rules.book().layer(ref))
                .filter(RuleLayer::manifestAvailable)
                .map(LoadedRules::of)
                .orElseThrow(() -> new HubException(HubErrorCode.RULES_NOT_LOADED,
                        "No rules of " + kind + " '" + id + "' are loaded"));
    }

    private static Optional<ArtifactRef> refOf(String kind, String id) {
        return ArtifactKind.parse(kind)
                .filter(known -> ArtifactRef.NAME.matcher(id).matches())
                .map(known -> new ArtifactRef(known.wire(), id));
    }
}
