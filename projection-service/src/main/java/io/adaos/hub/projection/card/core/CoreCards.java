package io.adaos.hub.projection.card.core;

import io.adaos.hub.contracts.id.OwnerId;
import io.adaos.hub.contracts.id.WebspaceId;
import io.adaos.hub.contracts.status.Connectivity;
import io.adaos.hub.contracts.status.StateSync;
import io.adaos.hub.contracts.status.WebspaceStatus;
import io.adaos.hub.contracts.status.YjsPressure;
import io.adaos.hub.contracts.status.YjsPressure.PolicyState;
import io.adaos.hub.projection.card.claim.CardClaim;
import io.adaos.hub.projection.card.claim.CardReference;
import io.adaos.hub.projection.card.claim.CardSeverity;
import io.adaos.hub.projection.card.claim.CardStatus;
import io.adaos.hub.projection.card.claim.ClaimReader;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * The cards of a webspace about the core itself, made of the three contracts and kept nowhere:
 * {@code core:state_sync:<ws>}, {@code core:yjs_pressure:<ws>} and, for each node's link,
 * {@code core:connectivity:<ws>:<kind>:<scope_id>}. Like the contracts' words in the document they
 * name no single browser and no count, so they change on transitions only.
 */
public final class CoreCards {

    private static final OwnerId OWNER = new OwnerId("core:status");
    private static final String WEBSPACE = "webspace";
    private static final CardReference DOCUMENT =
            new CardReference("yjs", "runtime/status");

    /** How a thing is, and how urgent that is. */
    private record Light(CardStatus status, CardSeverity severity) {

        private static final Light GOOD = new Light(CardStatus.ONLINE, CardSeverity.INFO);
        private static final Light WATCH = new Light(CardStatus.WARNING, CardSeverity.WARNING);
        private static final Light BAD = new Light(CardStatus.DEGRADED, CardSeverity.HIGH);
        private static final Light GONE = new Light(CardStatus.OFFLINE, CardSeverity.CRITICAL);
        private static final Light DARK = new Light(CardStatus.UNKNOWN, CardSeverity.UNKNOWN);
    }

    private CoreCards() {
    }

    /** What its cards say, the one about shared state first. */
    public static List<CardClaim> of(WebspaceStatus status) {
        List<CardClaim> cards = new ArrayList<>();
        cards.add(state(status.stateSync()));
        cards.add(pressure(status.webspaceId(), status.yjsPressure()));
        status.connectivity().stream()
                .filter(link -> link.kind() != Connectivity.Kind.BROWSER_CONTROL_ROUTE)
                .map(link -> link(status.webspaceId(), link))
                .forEach(cards::add);
        return cards;
    }

    /** The states in which the owners of a webspace are, by {@code <webspace>/<owner>}. */
    public static Map<String, PolicyState> policyStates(WebspaceStatus status) {
        Map<String, PolicyState> states = new HashMap<>();
        status.yjsPressure().forEach(row -> states.merge(
                row.webspaceId() + "/" + row.owner(), row.policyState(),
                (one, other) -> one.compareTo(other) < 0 ? other : one));
        return states;
    }

    private static CardClaim state(StateSync sync) {
        String summary = "sync " + sync.semanticState().wire()
                + ", " + sync.freshnessState().wire();
        return card("state_sync:" + sync.webspaceId(), sync.webspaceId(), "state_sync",
                new Said(WEBSPACE, light(sync), summary, Map.of(
                        "transport_state", sync.transportState().wire(),
                        "first_sync_state", sync.firstSyncState().wire(),
                        "semantic_state", sync.semanticState().wire(),
                        "freshness_state", sync.freshnessState().wire(),
                        "fallback_mode", sync.fallbackMode().wire())));
    }

    private static Light light(StateSync sync) {
        if (sync.transportState() == StateSync.Transport.DISCONNECTED) {
            return Light.GONE;
        }
        if (sync.semanticState() == StateSync.Semantic.STALE
                || sync.freshnessState() == StateSync.Freshness.STALE
                || sync.fallbackMode() == StateSync.Fallback.HARD_DEGRADED_RECOVERY) {
            return Light.BAD;
        }
        boolean good = sync.transportState() == StateSync.Transport.ATTACHED
                && sync.firstSyncState() == StateSync.FirstSync.COMPLETE
                && sync.semanticState() == StateSync.Semantic.READY
                && sync.freshnessState() == StateSync.Freshness.FRESH
                && sync.fallbackMode() == StateSync.Fallback.OFF;
        return good ? Light.GOOD : Light.WATCH;
    }

    private static CardClaim pressure(WebspaceId webspace, List<YjsPressure> owners) {
        PolicyState worst = PolicyState.OK;
        Map<String, Object> metadata = new TreeMap<>();
        for (YjsPressure owner : owners) {
            if (owner.policyState().compareTo(worst) > 0) {
                worst = owner.policyState();
                metadata.put("owner", owner.owner().value());
            }
        }
        metadata.put("policy_state", worst.wire());
        String summary = worst == PolicyState.OK ? "nobody writes too much"
                : metadata.get("owner") + " is in state " + worst.wire();
        return card("yjs_pressure:" + webspace, webspace, "yjs_pressure",
                new Said(WEBSPACE, light(worst), summary, metadata));
    }

    private static Light light(PolicyState state) {
        return switch (state) {
            case OK -> Light.GOOD;
            case WARN -> Light.WATCH;
            case THROTTLE -> Light.BAD;
            case BLOCK -> new Light(CardStatus.DEGRADED, CardSeverity.CRITICAL);
        };
    }

    private static CardClaim link(WebspaceId webspace, Connectivity link) {
        String kind = link.kind().wire();
        return card("connectivity:" + webspace + ':' + kind + ':' + link.scopeId(), webspace,
                "connectivity", new Said("node:" + link.scopeId(), light(link),
                        kind + ' ' + link.scopeId() + ' ' + link.transportState().wire(),
                        Map.of("link", kind,
                                "transport_state", link.transportState().wire(),
                                "transition_state", link.transitionState().wire())));
    }

    private static Light light(Connectivity link) {
        return switch (link.transportState()) {
            case READY -> Light.GOOD;
            case DEGRADED -> Light.WATCH;
            case DISCONNECTED -> Light.GONE;
            case UNKNOWN -> Light.DARK;
        };
    }

    /** What distinguishes one card of the core from another. */
    private record Said(String scope, Light light, String summary, Map<String, Object> metadata) {
    }

    private static CardClaim card(String id, WebspaceId webspace, String kind, Said said) {
        return new CardClaim(ClaimReader.CORE + id, OWNER, webspace, kind, said.scope(),
                said.light().status(), said.light().severity(), said.summary(), null, null,
                DOCUMENT, new TreeMap<>(said.metadata()));
    }
}
