package io.adaos.hub.projection.card.core;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.adaos.hub.contracts.id.OwnerId;
import io.adaos.hub.contracts.id.WebspaceId;
import io.adaos.hub.contracts.status.Connectivity;
import io.adaos.hub.contracts.status.EpochSeconds;
import io.adaos.hub.contracts.status.StateSync;
import io.adaos.hub.contracts.status.WebspaceStatus;
import io.adaos.hub.contracts.status.YjsPressure;
import io.adaos.hub.projection.card.claim.CardClaim;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class CoreCardsTest {

    private static final WebspaceId LAB = new WebspaceId("lab");

    @ParameterizedTest
    @CsvSource({
        "ATTACHED, COMPLETE, READY, FRESH, OFF, online, info",
        "ATTACHED, COMPLETE, READY, AGING, OFF, warning, warning",
        "ATTACHED, COMPLETE, DEGRADED, FRESH, OFF, warning, warning",
        "ATTACHED, PENDING, READY, FRESH, OFF, warning, warning",
        "ATTACHED, TIMEOUT, READY, FRESH, OFF, warning, warning",
        "DEGRADED, COMPLETE, READY, FRESH, OFF, warning, warning",
        "ATTACHED, COMPLETE, READY, FRESH, ONE_SHOT_RECOVERY, warning, warning",
        "ATTACHED, COMPLETE, READY, STALE, OFF, degraded, high",
        "ATTACHED, COMPLETE, STALE, FRESH, OFF, degraded, high",
        "DEGRADED, COMPLETE, READY, FRESH, HARD_DEGRADED_RECOVERY, degraded, high",
        "DISCONNECTED, COMPLETE, READY, FRESH, OFF, offline, critical",
    })
    void cardOfSharedState_isAsGoodAsItsWorstWord(StateSync.Transport transport,
            StateSync.FirstSync first, StateSync.Semantic semantic,
            StateSync.Freshness freshness, StateSync.Fallback fallback, String status,
            String severity) {
        // Given
        StateSync sync = new StateSync(LAB, transport, first, semantic, freshness, null, null,
                null, fallback, List.of());

        // When
        CardClaim card = CoreCards.of(status(sync, List.of(), List.of())).get(0);

        // Then
        assertEquals("core:state_sync:lab", card.id());
        assertEquals(List.of(status, severity),
                List.of(card.status().wire(), card.severity().wire()));
        assertEquals(freshness.wire(), card.metadata().get("freshness_state"));
        assertEquals("yjs:runtime/status", card.route().text());
    }

    @ParameterizedTest
    @CsvSource({"OK, online, info", "WARN, warning, warning", "THROTTLE, degraded, high",
        "BLOCK, degraded, critical"})
    void cardOfPressure_isThatOfTheOwnerWhoPressesMost(
            YjsPressure.PolicyState worst, String status, String severity) {
        // Given
        List<YjsPressure> owners = List.of(
                pressure("skill:quiet", YjsPressure.PolicyState.OK),
                pressure("skill:loud", worst));

        // When
        CardClaim card = CoreCards.of(status(good(), List.of(), owners)).get(1);

        // Then
        assertEquals("core:yjs_pressure:lab", card.id());
        assertEquals(List.of(status, severity),
                List.of(card.status().wire(), card.severity().wire()));
        assertEquals(worst == YjsPressure.PolicyState.OK
                        ? Map.of("policy_state", "ok")
                        : Map.of("policy_state", worst.wire(), "owner", "skill:loud"),
                card.metadata());
    }

    @ParameterizedTest
    @CsvSource({"READY, online", "DEGRADED, warning", "DISCONNECTED, offline",
        "UNKNOWN, unknown"})
    void cardOfALink_isThatOfItsTransport(Connectivity.Transport transport, String status) {
        // Given
        List<Connectivity> links = List.of(
                link(Connectivity.Kind.MEMBER_HUB, "kitchen", transport));

        // When
        CardClaim card = CoreCards.of(status(good(), links, List.of())).get(2);

        // Then
        assertEquals("core:connectivity:lab:member_hub:kitchen", card.id());
        assertEquals("node:kitchen", card.scope());
        assertEquals(status, card.status().wire());
    }

    @Test
    void browsersThatComeAndGo_changeNoCard() {
        // Given
        List<Connectivity> two = List.of(
                link(Connectivity.Kind.BROWSER_CONTROL_ROUTE, "a", Connectivity.Transport.READY),
                link(Connectivity.Kind.BROWSER_CONTROL_ROUTE, "b",
                        Connectivity.Transport.DEGRADED));

        // When
        List<CardClaim> with = CoreCards.of(status(good(), two, List.of()));
        List<CardClaim> without = CoreCards.of(status(good(), List.of(), List.of()));

        // Then
        assertEquals(without, with);
    }

    private static StateSync good() {
        return new StateSync(LAB, StateSync.Transport.ATTACHED, StateSync.FirstSync.COMPLETE,
                StateSync.Semantic.READY, StateSync.Freshness.FRESH, null, null, null,
                StateSync.Fallback.OFF, List.of());
    }

    private static Connectivity link(
            Connectivity.Kind kind, String scope, Connectivity.Transport transport) {
        return new Connectivity(kind, scope, transport, Connectivity.Transition.READY,
                Connectivity.PlannedTransition.NONE, List.of(), null);
    }

    private static YjsPressure pressure(String owner, YjsPressure.PolicyState state) {
        return new YjsPressure(LAB, new OwnerId(owner), false, 1, 1, 1, 1, state,
                YjsPressure.Target.PRIMARY_SHARED_DOC, null, List.of(), List.of(),
                new YjsPressure.Counters(1, 1, 0, 0));
    }

    private static WebspaceStatus status(
            StateSync sync, List<Connectivity> links, List<YjsPressure> owners) {
        return new WebspaceStatus(LAB, EpochSeconds.ofMillis(1), links, sync, owners,
                new WebspaceStatus.Evidence(1L, List.of(),
                        new WebspaceStatus.Sessions(0, 0, 0, 0, 0),
                        new WebspaceStatus.Room(true, true, List.of()), 0));
    }
}
