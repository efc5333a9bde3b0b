package io.adaos.hub.projection.rules.follow;

import io.adaos.hub.contracts.error.FieldProblem;
import io.adaos.hub.contracts.error.HubErrorCode;
import io.adaos.hub.contracts.error.HubException;
import io.adaos.hub.contracts.id.ArtifactRef;
import io.adaos.hub.contracts.id.WebspaceId;
import io.adaos.hub.projection.rules.RuleBook;
import io.adaos.hub.projection.rules.RuleLayer;
import io.adaos.hub.projection.rules.follow.ScenarioResource.ActiveScenario;
import io.adaos.hub.runtime.security.Scope;
import io.smallrye.mutiny.Uni;
import jakarta.inject.Singleton;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;

/** Says and switches the active scenario of webspaces, over whatever way that is asked. */
@Singleton
public final class ScenarioService {

    private final InstalledRulesService rules;

    ScenarioService(InstalledRulesService rules) {
        this.rules = rules;
    }

    /** Who asks. */
    public record Asker(String subject, Predicate<String> may) {
    }

    /** The active scenario; {@code not_found} when the webspace has none. */
    ActiveScenario active(String name, Asker asker) {
        WebspaceId webspace = webspace(name);
        demand(asker, Scope.webspaceRead(webspace.value()));
        return rules.book().scenario(webspace).map(scenario -> active(webspace, scenario))
                .orElseThrow(() -> new HubException(HubErrorCode.NOT_FOUND,
                        "No scenario is active in webspace '" + webspace + "'"));
    }

    /** Switches all rules of the old scenario for those of the new one, for good. */
    public Uni<ActiveScenario> activate(String name, String scenarioId, Asker asker) {
        return Uni.createFrom().deferred(() -> {
            WebspaceId webspace = webspace(name);
            demand(asker, Scope.webspaceWrite(webspace.value()));
            ArtifactRef scenario = installed(scenarioId);
            return rules.activate(webspace, scenario, asker.subject()).map(known -> {
                if (!known) {
                    throw unknown(webspace.value());
                }
                return active(webspace, scenario);
            });
        });
    }

    private ArtifactRef installed(String wanted) {
        String id = wanted == null ? "" : wanted;
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

    private static void demand(Asker asker, String scope) {
        if (!asker.may().test(scope)) {
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
