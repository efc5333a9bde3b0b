package io.adaos.hub.projection.stream.socket;

import com.fasterxml.jackson.databind.JsonNode;
import io.adaos.hub.contracts.error.HubErrorCode;
import io.adaos.hub.contracts.error.HubException;
import io.adaos.hub.contracts.id.WebspaceId;
import io.adaos.hub.projection.rules.follow.InstalledRulesService;
import io.adaos.hub.projection.rules.follow.ScenarioService;
import io.adaos.hub.projection.stream.publish.StreamRules;
import io.adaos.hub.projection.stream.topic.TopicPattern;
import io.adaos.hub.projection.write.ingress.Writer;
import io.adaos.hub.runtime.security.Caller;
import io.adaos.hub.runtime.security.Scope;
import io.smallrye.mutiny.Uni;
import jakarta.inject.Singleton;
import java.util.Optional;
import java.util.function.Predicate;

/** What clients of the event socket may have done, and what they hear as publishers. */
@Singleton
final class EventCommandService {

    private static final String SET_SCENARIO = "desktop.scenario.set";

    private final ScenarioService scenarios;
    private final InstalledRulesService rules;

    EventCommandService(ScenarioService scenarios, InstalledRulesService rules) {
        this.scenarios = scenarios;
        this.rules = rules;
    }

    /** Runs a command with the rights of the caller; fails with what refuses it. */
    Uni<?> run(ClientMessage.Command command, Caller caller) {
        if (!command.kind().equals(SET_SCENARIO)) {
            return Uni.createFrom().failure(new HubException(HubErrorCode.COMMAND_UNKNOWN,
                    "'" + Acks.shown(command.kind()) + "' is no command of this service"));
        }
        JsonNode payload = command.payload();
        return scenarios.activate(
                payload.path("webspace_id").asText(WebspaceId.DESKTOP.value()),
                payload.path("scenario_id").asText(""),
                new ScenarioService.Asker(caller.subject(), caller::may));
    }

    /** Which wishes of others a caller hears of: those for streams it may publish. */
    Predicate<TopicPattern> servesAs(Caller caller) {
        Optional<Writer> writer = Writer.identify(
                caller.subject(), caller.may(Scope.ADMIN), Optional.empty()).writer();
        return wanted -> writer.filter(
                known -> StreamRules.serves(rules.book(), known, wanted)).isPresent();
    }
}
