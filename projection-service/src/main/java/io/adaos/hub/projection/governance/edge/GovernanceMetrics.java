package io.adaos.hub.projection.governance.edge;

import io.adaos.hub.projection.governance.OwnerRow;
import io.adaos.hub.projection.governance.WriteGovernor;
import io.adaos.hub.projection.governance.evidence.WriteCause;
import io.adaos.hub.projection.governance.evidence.WriteCounters;
import io.adaos.hub.projection.governance.pressure.PolicyState;
import io.micrometer.core.instrument.FunctionCounter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.function.ToLongFunction;

/** Metrics of the governor, labelled by words of closed lists only, never by owners or paths. */
final class GovernanceMetrics {

    private static final WriteCounters NONE =
            new WriteCounters(0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0);
    private static final Map<String, ToLongFunction<WriteCounters>> OUTCOMES = Map.of(
            "applied", WriteCounters::applied,
            "coalesced", WriteCounters::coalesced,
            "refused", WriteCounters::refused,
            "unchanged", WriteCounters::unchanged,
            "rule_missing", WriteCounters::ruleMissing);

    private final WriteGovernor governor;
    private volatile Map<WriteCause, WriteCounters> totals = Map.of();
    private volatile Map<PolicyState, Long> owners = Map.of();

    GovernanceMetrics(WriteGovernor governor, MeterRegistry registry) {
        this.governor = governor;
        for (WriteCause cause : WriteCause.values()) {
            OUTCOMES.forEach((outcome, count) -> FunctionCounter
                    .builder("hub_governance_writes", this,
                            own -> count.applyAsLong(own.of(cause)))
                    .tag("outcome", outcome).tag("cause", cause.wire()).register(registry));
            FunctionCounter.builder("hub_governance_throttled", this,
                    own -> own.of(cause).throttledTotal())
                    .tag("cause", cause.wire()).register(registry);
            FunctionCounter.builder("hub_governance_blocked", this,
                    own -> own.of(cause).blockedTotal())
                    .tag("cause", cause.wire()).register(registry);
        }
        for (PolicyState state : PolicyState.values()) {
            Gauge.builder("hub_governance_owners", this, own -> own.owners.getOrDefault(state, 0L))
                    .tag("policy_state", state.wire()).register(registry);
        }
        Gauge.builder("hub_governance_pending", this, own -> own.totals.values().stream()
                .mapToLong(WriteCounters::pending).sum()).register(registry);
        FunctionCounter.builder("hub_governance_policy_failures", governor,
                own -> own.health().failures()).register(registry);
        FunctionCounter.builder("hub_governance_overflows", governor,
                own -> own.health().overflows()).register(registry);
        FunctionCounter.builder("hub_governance_evidence_lost", governor,
                own -> own.health().evidenceLost()).register(registry);
    }

    /** Sums up all owners; scrapes read these sums. */
    void refresh(long now) {
        totals = governor.totals();
        List<OwnerRow> rows = governor.rows(now);
        Map<PolicyState, Long> states = new EnumMap<>(PolicyState.class);
        rows.forEach(row -> states.merge(row.policyState(), 1L, Long::sum));
        owners = states;
    }

    private WriteCounters of(WriteCause cause) {
        return totals.getOrDefault(cause, NONE);
    }
}
