package io.adaos.hub.projection.status.view;

import io.adaos.hub.contracts.status.Connectivity;
import io.adaos.hub.contracts.status.Connectivity.Kind;
import io.adaos.hub.contracts.status.StateSync;
import io.adaos.hub.contracts.status.StateSync.Fallback;
import io.adaos.hub.contracts.status.YjsPressure;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/**
 * {@code hubBrowserQuality} as clients of the old hub read it: gates with a state each, and two
 * words for all of them. Gates about things that no contract tells of are {@code unknown}.
 */
final class BrowserQuality {

    private static final String SCHEMA = "adaos.hub_browser_quality.v1";

    /** The words of a gate; the order is that of severity, the best first. */
    enum State {
        READY, UNKNOWN, WARNING, FALLBACK, RECOVERING, DEGRADED;

        String wire() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    /** One gate. */
    private record Gate(State state, boolean required, String reason, List<String> blockers) {

        Map<String, Object> view(Map<String, Object> evidence) {
            Map<String, Object> view = new LinkedHashMap<>();
            view.put("state", state.wire());
            view.put("required", required);
            view.put("reason", reason);
            view.put("blockers", blockers);
            view.put("evidence", evidence);
            return view;
        }
    }

    private BrowserQuality() {
    }

    static Map<String, Object> of(HubContracts hub) {
        Gate control = control(DerivedViews.worst(hub, List.of(Kind.BROWSER_CONTROL_ROUTE)));
        Gate sync = sync(hub.stateSync());
        Gate pressure = pressure(hub);
        Map<String, Object> gates = new LinkedHashMap<>();
        gates.put("browserControlRoute", control.view(Map.of("links", hub.connectivity().stream()
                .filter(link -> link.kind() == Kind.BROWSER_CONTROL_ROUTE).count())));
        gates.put("stateSync", sync.view(Map.of(
                "semanticState", hub.stateSync().semanticState().wire(),
                "freshnessState", hub.stateSync().freshnessState().wire())));
        gates.put("yjsPressure", pressure.view(
                Map.of("policyState", hub.policyState().wire())));
        for (String unknown : List.of("webrtcYjsUpgrade", "eventbusBacklog", "runtimeFault")) {
            gates.put(unknown, new Gate(State.UNKNOWN, false, "in_no_contract", List.of())
                    .view(Map.of()));
        }
        State logical = logical(worst(control.state(), sync.state()));
        State quality = worst(worst(control.state(), sync.state()), pressure.state());
        Map<String, Object> view = new LinkedHashMap<>();
        view.put("schema", SCHEMA);
        view.put("gates", gates);
        view.put("logicalState", logical.wire());
        view.put("qualityState", quality.wire());
        view.put("summary", "logical=" + logical.wire() + " quality=" + quality.wire());
        return view;
    }

    private static Gate control(Optional<Connectivity> link) {
        if (link.isEmpty()) {
            return new Gate(State.UNKNOWN, true, "no_browser", List.of());
        }
        State state = switch (link.get().transportState()) {
            case READY -> switch (link.get().transitionState()) {
                case READY, DISABLED -> State.READY;
                case RECONNECTING, WAITING_RESTART, RESTARTING, PAUSED_FOR_UPDATE ->
                        State.RECOVERING;
            };
            case UNKNOWN -> State.UNKNOWN;
            case DEGRADED, DISCONNECTED -> State.DEGRADED;
        };
        return new Gate(state, true, link.get().transportState().wire(), link.get().blockers());
    }

    private static Gate sync(StateSync sync) {
        String word = DerivedViews.sync(sync);
        State state = switch (word) {
            case "pending" -> State.RECOVERING;
            case "ready" -> sync.fallbackMode() != Fallback.OFF ? State.FALLBACK
                    : sync.freshnessState() == StateSync.Freshness.FRESH
                            ? State.READY : State.WARNING;
            default -> State.DEGRADED;
        };
        return new Gate(state, true, word, sync.blockers());
    }

    /** All that an owner was blocked for makes the gate degraded, however it is called. */
    private static Gate pressure(HubContracts hub) {
        State state = switch (hub.policyState()) {
            case OK -> State.READY;
            case WARN, THROTTLE -> State.WARNING;
            case BLOCK -> State.DEGRADED;
        };
        return new Gate(state, false, hub.policyState().wire(), hub.pressure().stream()
                .filter(row -> row.policyState().compareTo(YjsPressure.PolicyState.OK) > 0)
                .map(row -> row.policyState().wire() + ':' + row.owner()).toList());
    }

    /** The logical state knows no shades. */
    private static State logical(State worst) {
        return switch (worst) {
            case DEGRADED, RECOVERING, UNKNOWN -> worst;
            case FALLBACK -> State.RECOVERING;
            case READY, WARNING -> State.READY;
        };
    }

    private static State worst(State one, State other) {
        return one.compareTo(other) < 0 ? other : one;
    }
}
