package io.adaos.hub.projection.rules.follow;

import io.quarkus.security.Authenticated;
import io.quarkus.security.identity.SecurityIdentity;
import io.smallrye.mutiny.Uni;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import org.eclipse.microprofile.openapi.annotations.Operation;

/** Which scenario is active in a webspace; its rules come before those of skills. */
@Path("/v1/webspaces/{webspace}/scenario")
@Produces(MediaType.APPLICATION_JSON)
@Consumes(MediaType.APPLICATION_JSON)
public class ScenarioResource {

    /** What to make the active one. */
    public record Switch(String scenarioId) {
    }

    /**
     * What is active.
     *
     * @param version that is installed; null while the scenario is not
     */
    public record ActiveScenario(String webspaceId, String scenarioId, String version) {
    }

    private final ScenarioService scenarios;
    private final SecurityIdentity caller;

    ScenarioResource(ScenarioService scenarios, SecurityIdentity caller) {
        this.scenarios = scenarios;
        this.caller = caller;
    }

    /** The active scenario; 404 when the webspace has none. */
    @GET
    @Authenticated
    @Operation(summary = "The active scenario of a webspace")
    public ActiveScenario active(@PathParam("webspace") String name) {
        return scenarios.active(name, asker());
    }

    /** Switches all rules of the old scenario for those of the new one, for good. */
    @POST
    @Authenticated
    @Operation(summary = "Make an installed scenario the active one of a webspace",
            description = "Needs scope webspace:<id>:write; the same again changes nothing")
    public Uni<ActiveScenario> activate(@PathParam("webspace") String name, Switch wanted) {
        return scenarios.activate(name, wanted == null ? null : wanted.scenarioId(), asker());
    }

    private ScenarioService.Asker asker() {
        return new ScenarioService.Asker(caller.getPrincipal().getName(), caller::hasRole);
    }
}
