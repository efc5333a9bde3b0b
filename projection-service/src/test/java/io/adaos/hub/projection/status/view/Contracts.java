package io.adaos.hub.projection.status.view;

import io.adaos.hub.contracts.id.OwnerId;
import io.adaos.hub.contracts.id.WebspaceId;
import io.adaos.hub.contracts.status.Connectivity;
import io.adaos.hub.contracts.status.EpochSeconds;
import io.adaos.hub.contracts.status.StateSync;
import io.adaos.hub.contracts.status.YjsPressure;
import java.util.List;

/** Contracts for tests. */
final class Contracts {

    static final Connectivity ROOT = link(Connectivity.Kind.HUB_ROOT, "hub",
            Connectivity.Transport.UNKNOWN, Connectivity.Transition.DISABLED);
    static final Connectivity NODE = link(Connectivity.Kind.MEMBER_HUB, "kitchen",
            Connectivity.Transport.DEGRADED, Connectivity.Transition.RECONNECTING);
    static final Connectivity BROWSER = link(Connectivity.Kind.BROWSER_CONTROL_ROUTE, "s-1",
            Connectivity.Transport.READY, Connectivity.Transition.READY);

    private Contracts() {
    }

    static Connectivity link(Connectivity.Kind kind, String id,
            Connectivity.Transport transport, Connectivity.Transition transition) {
        return new Connectivity(kind, id, transport, transition,
                Connectivity.PlannedTransition.NONE, List.of(), null);
    }

    static StateSync sync(StateSync.Semantic semantic, StateSync.Freshness freshness,
            String... blockers) {
        return new StateSync(WebspaceId.DESKTOP, StateSync.Transport.ATTACHED,
                StateSync.FirstSync.COMPLETE, semantic, freshness,
                EpochSeconds.ofMillis(1_795_292_400_000L), null,
                new StateSync.Replay(StateSync.Replay.Mode.DIFF, "1/1000"),
                StateSync.Fallback.OFF, List.of(blockers));
    }

    static YjsPressure pressure(YjsPressure.PolicyState state, String... roots) {
        boolean block = state == YjsPressure.PolicyState.BLOCK;
        return new YjsPressure(WebspaceId.DESKTOP, new OwnerId("skill:infrastate_skill"), false,
                167_296, 1, 167_296, 1, state, YjsPressure.Target.PRIMARY_SHARED_DOC,
                state == YjsPressure.PolicyState.OK
                        ? null : YjsPressure.Reason.WRITE_AMPLIFICATION,
                block ? List.of(roots) : List.of(), block ? List.of() : List.of(roots),
                new YjsPressure.Counters(7, 5, 1, 1));
    }

    static HubContracts healthy() {
        return new HubContracts(List.of(ROOT, BROWSER),
                sync(StateSync.Semantic.READY, StateSync.Freshness.FRESH),
                List.of(pressure(YjsPressure.PolicyState.OK)));
    }
}
