package io.adaos.hub.projection.status.view;

import io.adaos.hub.contracts.status.Connectivity;
import io.adaos.hub.contracts.status.Connectivity.Kind;
import io.adaos.hub.contracts.status.Connectivity.Transition;
import io.adaos.hub.contracts.status.Connectivity.Transport;
import io.adaos.hub.contracts.status.StateSync;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** What people and shells see of the three contracts in short; kept nowhere. */
public final class DerivedViews {

    private DerivedViews() {
    }

    /** One line: {@code control=ready sync=stale freshness=stale pressure=ok}. */
    public static String statusLine(HubContracts hub) {
        return "control=" + control(hub) + " sync=" + sync(hub.stateSync())
                + " freshness=" + hub.stateSync().freshnessState().wire()
                + " pressure=" + hub.policyState().wire();
    }

    /** The summary that Infra State shows. */
    public static Map<String, Object> infraState(HubContracts hub) {
        Map<String, Object> summary = new LinkedHashMap<>();
        summary.put("label", "Infra State");
        summary.put("value", sync(hub.stateSync()));
        summary.put("subtitle", statusLine(hub));
        summary.put("description", String.join(", ", hub.stateSync().blockers()));
        return summary;
    }

    /**
     * The words that shells find in the document: no time, age, count or generation, and no single
     * browsers, so it changes on transitions only.
     */
    public static Map<String, Object> document(HubContracts hub) {
        StateSync sync = hub.stateSync();
        Map<String, Object> state = new LinkedHashMap<>();
        state.put("transport_state", sync.transportState().wire());
        state.put("first_sync_state", sync.firstSyncState().wire());
        state.put("semantic_state", sync.semanticState().wire());
        state.put("freshness_state", sync.freshnessState().wire());
        state.put("fallback_mode", sync.fallbackMode().wire());
        Map<String, Object> links = new LinkedHashMap<>();
        hub.connectivity().stream()
                .filter(link -> link.kind() != Kind.BROWSER_CONTROL_ROUTE)
                .forEach(link -> links.put(link.kind().wire() + '/' + link.scopeId(), Map.of(
                        "transport_state", link.transportState().wire(),
                        "transition_state", link.transitionState().wire())));
        Map<String, Object> status = new LinkedHashMap<>();
        status.put("state_sync", state);
        status.put("yjs_pressure", Map.of("policy_state", hub.policyState().wire()));
        status.put("connectivity", links);
        return status;
    }

    /** How browsers reach the hub: the worst of their links, {@code unknown} without any. */
    static String control(HubContracts hub) {
        return worst(hub, List.of(Kind.BROWSER_CONTROL_ROUTE))
                .map(link -> link.transportState().wire()).orElse(Transport.UNKNOWN.wire());
    }

    /** The link of these kinds that is worst off. */
    static Optional<Connectivity> worst(HubContracts hub, List<Kind> kinds) {
        return hub.connectivity().stream().filter(link -> kinds.contains(link.kind()))
                .filter(link -> link.transitionState() != Transition.DISABLED)
                .max(Comparator.comparingInt(link -> severity(link.transportState())));
    }

    /** One word for the state of the shared state; connections have no part in it. */
    static String sync(StateSync sync) {
        if (sync.transportState() == StateSync.Transport.DISCONNECTED) {
            return sync.transportState().wire();
        }
        return switch (sync.firstSyncState()) {
            case PENDING -> "pending";
            case TIMEOUT, COMPLETE -> switch (sync.semanticState()) {
                case READY -> sync.freshnessState() == StateSync.Freshness.STALE ? "stale"
                        : sync.transportState() == StateSync.Transport.DEGRADED
                                ? "degraded" : "ready";
                case DEGRADED -> "degraded";
                case STALE -> "stale";
            };
        };
    }

    private static int severity(Transport transport) {
        return switch (transport) {
            case READY -> 0;
            case UNKNOWN -> 1;
            case DEGRADED -> 2;
            case DISCONNECTED -> 3;
        };
    }
}
