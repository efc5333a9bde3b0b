package io.adaos.hub.marketplace.infrastate;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import io.adaos.hub.contracts.catalog.ArtifactKind;
import io.adaos.hub.contracts.error.HubException;
import io.adaos.hub.contracts.id.ArtifactRef;
import io.adaos.hub.contracts.id.NodeId;
import io.adaos.hub.contracts.id.WebspaceId;
import io.adaos.hub.contracts.listing.RowStatus;
import io.adaos.hub.contracts.operation.OperationRequest;
import io.adaos.hub.marketplace.infrastate.ActionAnswers.Started;
import io.adaos.hub.marketplace.infrastate.InfrastateAction.Place;
import io.adaos.hub.marketplace.listing.MarketplaceListingService;
import io.adaos.hub.marketplace.listing.MarketplaceListingService.Current;
import io.adaos.hub.runtime.http.HubJson;
import io.smallrye.mutiny.Multi;
import io.smallrye.mutiny.Uni;
import jakarta.inject.Singleton;
import jakarta.ws.rs.WebApplicationException;
import jakarta.ws.rs.core.Response;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import org.eclipse.microprofile.rest.client.inject.RestClient;
import org.jboss.logging.Logger;

/** Asks the other services, each within a short time, on behalf of the caller. */
@Singleton
final class InfrastateService {

    private static final Logger LOG = Logger.getLogger(InfrastateService.class);
    private static final Duration READ_WAIT = Duration.ofMillis(1_500);
    private static final Duration START_WAIT = Duration.ofSeconds(5);
    private static final int STARTS_AT_ONCE = 4;
    private static final int UPDATES_MAX = 500;

    private final MarketplaceListingService listing;
    private final HttpOperationsCommands operations;
    private final HttpReliabilityApi projection;

    InfrastateService(MarketplaceListingService listing,
            @RestClient HttpOperationsCommands operations,
            @RestClient HttpReliabilityApi projection) {
        this.listing = listing;
        this.operations = operations;
        this.projection = projection;
    }

    /** Everything the snapshot is made of, as far as it comes in time. */
    Uni<InfrastateSnapshot> snapshot(HttpCaller caller, WebspaceId webspace, NodeId node) {
        return Uni.combine().all()
                .unis(rows(),
                        fetched(operations.operations(caller, webspace.value()), READ_WAIT),
                        fetched(projection.reliability(caller, webspace.value()), READ_WAIT))
                .with((rows, shown, status) ->
                        new InfrastateSnapshot(webspace, node, rows, shown, status));
    }

    /** Installs one artifact. */
    Uni<Map<String, Object>> install(HttpCaller caller, InfrastateAction.Install action) {
        return start(caller, "install", action.target(), action.place())
                .map(started -> ActionAnswers.installed(action.place(), started));
    }

    /** Updates whatever has a newer version on the node. */
    Uni<Map<String, Object>> update(HttpCaller caller, Place place) {
        return listing.current(Optional.empty())
                .chain(now -> Multi.createFrom().iterable(updates(now, place.node()))
                        .onItem().transformToUni(target -> start(caller, "update", target, place))
                        .merge(STARTS_AT_ONCE)
                        .collect().asList()
                        .map(started -> ActionAnswers.updated(place, started)))
                .onFailure(HubException.class).recoverWithItem(failure ->
                        ActionAnswers.notYet(place, failure.code().code(), failure.getMessage()));
    }

    private Uni<Optional<Current>> rows() {
        return listing.current(Optional.empty()).map(Optional::of)
                .onFailure(HubException.class).recoverWithItem(Optional.empty());
    }

    private static List<ArtifactRef> updates(Current now, NodeId node) {
        List<ArtifactRef> targets = new ArrayList<>();
        for (ArtifactKind kind : ArtifactKind.values()) {
            now.part(node, kind, Set.of(RowStatus.UPDATE_AVAILABLE), UPDATES_MAX).rows()
                    .forEach(row -> targets.add(new ArtifactRef(row.kind().wire(), row.id())));
        }
        return targets;
    }

    private Uni<Started> start(
            HttpCaller caller, String verb, ArtifactRef target, Place place) {
        OperationRequest request = new OperationRequest(target.kind() + '.' + verb, target.kind(),
                target.id(), null, place.webspace().value(), place.node().value(), null, null,
                null);
        String key = place.requestId().map(id -> key(id, verb, target, place)).orElse(null);
        return fetched(operations.start(caller, key, json(request)), START_WAIT)
                .map(answer -> new Started(target, answer));
    }

    /** One name for each operation of a request; it may be of any length and shape. */
    private static String key(String requestId, String verb, ArtifactRef target, Place place) {
        String name = String.join("\n", requestId, verb, target.toString(), place.node().value());
        return UUID.nameUUIDFromBytes(name.getBytes(StandardCharsets.UTF_8)).toString();
    }

    private static Uni<Fetched> fetched(Uni<String> answer, Duration wait) {
        return answer.ifNoItem().after(wait).fail()
                .<Fetched>map(text -> new Fetched.Answered(parsed(text)))
                .onFailure().recoverWithItem(InfrastateService::failed);
    }

    private static Fetched failed(Throwable failure) {
        if (failure instanceof WebApplicationException http) {
            Response response = http.getResponse();
            int status = response.getStatus();
            if (status >= 400 && status < 500 || status == 503 && response.hasEntity()) {
                return new Fetched.Refused(status, problem(response));
            }
        }
        LOG.debugf("event=infrastate_source_away cause=%s", failure);
        return new Fetched.Away();
    }

    private static JsonNode problem(Response response) {
        try {
            return parsed(response.readEntity(String.class));
        } catch (RuntimeException e) {
            return JsonNodeFactory.instance.objectNode();
        }
    }

    private static JsonNode parsed(String text) {
        try {
            return HubJson.mapper().readTree(text);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("the answer is not JSON", e);
        }
    }

    private static String json(OperationRequest request) {
        try {
            return HubJson.mapper().writeValueAsString(request);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("a request is always JSON", e);
        }
    }
}
