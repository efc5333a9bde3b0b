package io.adaos.hub.projection.rules.follow;

import io.adaos.hub.contracts.error.FieldProblem;
import io.adaos.hub.contracts.error.HubErrorCode;
import io.adaos.hub.contracts.error.HubException;
import io.adaos.hub.contracts.id.ArtifactRef;
import io.adaos.hub.contracts.id.WebspaceId;
import io.adaos.hub.projection.rules.RuleBook;
import io.adaos.hub.projection.rules.RuleLayer;
import io.adaos.hub.runtime.security.Scope;
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
import java.util.List;
import java.util.Optional;
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

    private final InstalledRulesService rules;
    private final SecurityIdentity caller;

    ScenarioResource(InstalledRulesService rules, SecurityIdentity caller) {
        this.rules = rules;
        this.caller = caller;
    }

    /** The active scenario; 404 when the webspace has none. */
    @GET
    @Authenticated
    @Operation(summary = "The active scenario of a webspace")
    public ActiveScenario active(@PathParam("webspace") String name) {
        WebspaceId webspace = webspace(name);
        demand(Scope.webspaceRead(webspace.value()));
        return rules.book().scenario(webspace).map(scenario -> active(webspace, scenario))
                .orElseThrow(() -> new HubException(HubErrorCode.NOT_FOUND,
                        "No scenario is active in webspace '" + webspace + "'"));
    }

    /** Switches all rules of the old scenario for those of the new one, for good. */
    @POST
    @Authenticated
    @Operation(summary = "Make an installed scenario the active one of a webspace",
            description = "Needs scope webspace:<id>:write; the same again changes nothing")
    public Uni<ActiveScenario> activate(@PathParam("webspace") String name, Switch wanted) {
        WebspaceId webspace = webspace(name);
        demand(Scope.webspaceWrite(webspace.value()));
        ArtifactRef scenario = installed(wanted);
        return rules.activate(webspace, scenario, caller.getPrincipal().getName())
                .map(known -> {
                    if (!known) {
                        throw unknown(webspace.value());
                    }
                    return active(webspace, scenario);
                });
    }

    private ArtifactRef installed(Switch wanted) {
        String id = wanted == null || wanted.scenarioId() == null ? "" : wanted.scenarioId();
        if (!ArtifactRef.NAME.matcher(id).matches()) {
            throw refused(HubErrorCode.REQUEST_INVALID, "malformed",
                    "'scenario_id' must be the id of a scenario", "Send {\"scenario_id\": \"…\"}");
        }
        RuleBook book = rules.book();
        if (!book.isComplete()) {
            throw new HubException(HubErrorCode.POLICY_UNAVAILABLE,
                    "What is installed is not known yet");
        }
        ArtifactRef scenario = new ArtifactRef("scenario", id);
        if (book.layer(scenario).isEmpty() && !book.pending().contains(scenario)) {
            throw refused(HubErrorCode.ARTIFACT_NOT_FOUND, "not_installed",
                    "The scenario '" + id + "' is not installed",
                    "Install it: POST /v1/operations with kind scenario.install");
        }
        return scenario;
    }

    private ActiveScenario active(WebspaceId webspace, ArtifactRef scenario) {
        Optional<RuleLayer> layer = rules.book().layer(scenario);
        return new ActiveScenario(webspace.value(), scenario.id(),
                layer.map(RuleLayer::version).orElse(null));
    }

    private void demand(String scope) {
        if (!caller.hasRole(scope)) {
            throw new HubException(HubErrorCode.FORBIDDEN, "Scope " + scope + " is missing");
        }
    }

    private static WebspaceId webspace(String name) {
        try {
            return WebspaceId.of(name);
        } catch (IllegalArgumentException e) {
            throw unknown(name);
        }
    }

    private static HubException unknown(String name) {
        return new HubException(
                HubErrorCode.WEBSPACE_UNKNOWN, "There is no webspace '" + name + "'");
    }

    private static HubException refused(
            HubErrorCode code, String problem, String message, String remedy) {
        return new HubException(code, message,
                List.of(new FieldProblem("/scenario_id", problem, message, remedy)));
    }
}
