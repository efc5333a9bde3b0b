package io.adaos.hub.projection.status.view;

import io.adaos.hub.contracts.status.Connectivity;
import io.adaos.hub.contracts.status.Connectivity.Kind;
import io.adaos.hub.contracts.status.Connectivity.Transition;
import io.adaos.hub.contracts.status.EpochSeconds;
import io.adaos.hub.contracts.status.StateSync;
import io.adaos.hub.contracts.status.YjsPressure;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.function.ToLongFunction;
import java.util.stream.Stream;

/**
 * The reliability payloads of the old hub, made of the three contracts. They say nothing the
 * contracts do not say: what has no counterpart is left out, and nothing about quarantine exists.
 */
public final class LegacyReliability {

    /** What a summary holds. */
    public enum Mode {
        COMPAT, FULL, THIN, RUNTIME, DETAILS;

        /** The mode of a word or one of its other names; empty when there is none. */
        public static Optional<Mode> of(String word) {
            return switch (word) {
                case "compat" -> Optional.of(COMPAT);
                case "full" -> Optional.of(FULL);
                case "thin", "status", "status_plane" -> Optional.of(THIN);
                case "runtime", "beacon" -> Optional.of(RUNTIME);
                case "details" -> Optional.of(DETAILS);
                default -> Optional.empty();
            };
        }

        /** The word in the schema's name. */
        public String wire() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    private LegacyReliability() {
    }

    /** {@code GET /api/node/reliability}, in snake_case, with the summary of Infra State. */
    public static Map<String, Object> reliability(HubContracts hub, EpochSeconds at) {
        Map<String, Object> summary = DerivedViews.infraState(hub);
        summary.put("updated_at", at.value());
        Map<String, Object> runtime = new LinkedHashMap<>();
        runtime.put("connectivity", links(hub));
        runtime.put("state_sync", sync(hub.stateSync()));
        runtime.put("yjs_pressure", pressure(hub));
        runtime.put("hub_root_browser",
                Map.of("state", BrowserQuality.of(hub).get("logicalState")));
        Map<String, Object> payload = new LinkedHashMap<>();
        payload.put("ok", true);
        payload.put("webspace_id", hub.stateSync().webspaceId().value());
        payload.put("summary", summary);
        payload.put("runtime", runtime);
        return payload;
    }

    /** {@code GET /api/node/reliability/summary}, in camelCase. */
    public static Map<String, Object> summary(HubContracts hub, Mode mode, long nowMillis) {
        Map<String, Object> summary = new LinkedHashMap<>();
        summary.put("ok", true);
        summary.put("available", true);
        summary.put("schema", "adaos.reliability_summary." + mode.wire() + ".v1");
        summary.put("source", "contracts");
        summary.put("webspace_id", hub.stateSync().webspaceId().value());
        summary.put("updated_at", nowMillis);
        summary.put("status_line", DerivedViews.statusLine(hub));
        switch (mode) {
            case COMPAT, FULL -> {
                putContracts(summary, hub);
                summary.put("infra_state", DerivedViews.infraState(hub));
                summary.put("hub_browser_quality", BrowserQuality.of(hub));
            }
            case THIN -> putContracts(summary, hub);
            case RUNTIME -> summary.put("state", DerivedViews.document(hub).get("state_sync"));
            case DETAILS -> {
                summary.put("connectivity", hub.connectivity().stream()
                        .map(LegacyReliability::link).toList());
                summary.put("state_sync", sync(hub.stateSync()));
                summary.put("yjs_pressure", hub.pressure().stream()
                        .map(LegacyReliability::row).toList());
                summary.put("hub_browser_quality", BrowserQuality.of(hub));
            }
        }
        return CamelCase.of(summary);
    }

    private static void putContracts(Map<String, Object> summary, HubContracts hub) {
        summary.put("connectivity", links(hub));
        summary.put("state_sync", sync(hub.stateSync()));
        summary.put("yjs_pressure", pressure(hub));
    }

    private static Map<String, Object> links(HubContracts hub) {
        Map<String, Object> links = new LinkedHashMap<>();
        links.put("required_upstream_link", upstream(hub).map(LegacyReliability::link)
                .orElseGet(Map::of));
        links.put("browser_control_route",
                DerivedViews.worst(hub, List.of(Kind.BROWSER_CONTROL_ROUTE))
                        .map(LegacyReliability::link).orElseGet(() -> nobody(hub)));
        return links;
    }

    /** The root's link where the hub has one, else that the hub needs none. */
    private static Optional<Connectivity> upstream(HubContracts hub) {
        return hub.connectivity().stream().filter(link -> link.kind() == Kind.HUB_ROOT)
                .findFirst();
    }

    private static Map<String, Object> nobody(HubContracts hub) {
        Map<String, Object> view = new LinkedHashMap<>();
        view.put("kind", Kind.BROWSER_CONTROL_ROUTE.wire());
        view.put("scope_id", hub.stateSync().webspaceId().value());
        view.put("transport_state", "unknown");
        view.put("transition_state", "unknown");
        view.put("planned_transition", planned(Connectivity.PlannedTransition.NONE));
        view.put("blockers", List.of());
        return view;
    }

    private static Map<String, Object> link(Connectivity link) {
        boolean none = link.transitionState() == Transition.DISABLED;
        Map<String, Object> view = new LinkedHashMap<>();
        view.put("kind", link.kind().wire());
        view.put("scope_id", link.scopeId());
        view.put("transport_state", none ? "not_applicable" : link.transportState().wire());
        view.put("transition_state", link.transitionState().wire());
        view.put("planned_transition", planned(link.plannedTransition()));
        view.put("blockers", link.blockers());
        if (link.servedBy() != null) {
            view.put("served_by", link.servedBy().wire());
        }
        return view;
    }

    private static Map<String, Object> planned(Connectivity.PlannedTransition planned) {
        return planned.active()
                ? Map.of("active", true, "reason", planned.reason().wire())
                : Map.of("active", false);
    }

    private static Map<String, Object> sync(StateSync sync) {
        Map<String, Object> view = new LinkedHashMap<>();
        view.put("webspace_id", sync.webspaceId().value());
        view.put("transport_state", sync.transportState().wire());
        view.put("first_sync_state", sync.firstSyncState().wire());
        view.put("semantic_state", sync.semanticState().wire());
        view.put("freshness_state", sync.freshnessState().wire());
        putMoment(view, "last_good_sync_at", sync.lastGoodSyncAt());
        putMoment(view, "last_materialization_at", sync.lastMaterializationAt());
        if (sync.replay() != null) {
            view.put("replay", Map.of("mode", sync.replay().mode().wire(),
                    "cursor", sync.replay().cursor()));
        }
        view.put("fallback_mode", sync.fallbackMode().wire());
        view.put("blockers", sync.blockers());
        return view;
    }

    private static void putMoment(Map<String, Object> view, String key, EpochSeconds moment) {
        if (moment != null) {
            view.put(key, moment.value());
        }
    }

    /** The owner that presses most, as it was shown before, with the sums of all. */
    private static Map<String, Object> pressure(HubContracts hub) {
        Map<String, Object> view = new LinkedHashMap<>();
        if (hub.pressure().isEmpty()) {
            view.put("webspace_id", hub.stateSync().webspaceId().value());
            view.put("policy_state", hub.policyState().wire());
            view.put("observed_state", "idle");
            view.put("blocked_roots", List.of());
        } else {
            view.putAll(row(hub.pressure().get(0)));
        }
        Map<String, Object> governance = new LinkedHashMap<>();
        governance.put("attempted_total",
                sum(hub, YjsPressure.Counters::attemptedTotal));
        governance.put("allowed_total", sum(hub, YjsPressure.Counters::allowedTotal));
        governance.put("throttled_total", sum(hub, YjsPressure.Counters::throttledTotal));
        governance.put("blocked_total", sum(hub, YjsPressure.Counters::blockedTotal));
        view.put("governance", governance);
        return view;
    }

    private static long sum(HubContracts hub,
            ToLongFunction<YjsPressure.Counters> count) {
        return hub.pressure().stream().map(YjsPressure::counters).mapToLong(count).sum();
    }

    private static Map<String, Object> row(YjsPressure row) {
        Map<String, Object> view = new LinkedHashMap<>();
        view.put("webspace_id", row.webspaceId().value());
        view.put("owner", "_by_owner/" + row.owner().value().replace(':', '_'));
        view.put("recent_bytes", row.recentBytes());
        view.put("recent_writes", row.recentWrites());
        view.put("peak_bps", row.peakBps());
        view.put("peak_wps", row.peakWps());
        view.put("policy_state", row.policyState().wire());
        view.put("observed_state", observed(row));
        view.put("target", row.target().wire());
        if (row.reason() != null) {
            view.put("reason", row.reason().wire());
        }
        view.put("blocked_roots", row.blockedRoots());
        view.put("throttled_roots", row.throttledRoots());
        view.put("affected_roots", Stream.concat(
                row.blockedRoots().stream(), row.throttledRoots().stream()).toList());
        view.put("throttled_total", row.counters().throttledTotal());
        view.put("blocked_total", row.counters().blockedTotal());
        return view;
    }

    private static String observed(YjsPressure row) {
        return switch (row.policyState()) {
            case OK -> row.recentWrites() == 0 ? "idle" : "nominal";
            case WARN -> "high";
            case THROTTLE, BLOCK -> "critical";
        };
    }
}
