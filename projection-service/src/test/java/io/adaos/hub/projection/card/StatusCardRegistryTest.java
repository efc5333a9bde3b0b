package io.adaos.hub.projection.card;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.adaos.hub.contracts.error.HubErrorCode;
import io.adaos.hub.contracts.id.WebspaceId;
import io.adaos.hub.contracts.status.EpochSeconds;
import io.adaos.hub.projection.card.claim.CardClaim;
import io.adaos.hub.projection.card.claim.CardSeverity;
import io.adaos.hub.projection.card.claim.CardStatus;
import io.adaos.hub.projection.card.claim.Cards;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class StatusCardRegistryTest {

    private static final long TTL = 10_000;
    private static final long KEPT = 60_000;

    private final StatusCardRegistry registry =
            new StatusCardRegistry(new CardLimits(4, 40_000, 3, 5, KEPT));

    @Test
    void sameClaim_keepsVersionAndChangedAt_andAnotherOneRaisesThem() {
        // Given
        publish("now", "online", 1_000);

        // When
        Publication again = publish("now", "online", 2_000);
        Publication other = publish("now", "offline", 3_000);

        // Then
        StatusCard kept = assertInstanceOf(Publication.Unchanged.class, again)
                .card().card(2_500, null);
        StatusCard changed = assertInstanceOf(Publication.Changed.class, other)
                .card().card(3_000, null);
        assertEquals(1, kept.version());
        assertEquals(EpochSeconds.ofMillis(1_000), kept.changedAt());
        assertEquals(EpochSeconds.ofMillis(2_000), kept.updatedAt());
        assertEquals(EpochSeconds.ofMillis(12_000), kept.expiresAt());
        assertEquals(0.5, kept.ageS());
        assertEquals(2, changed.version());
        assertEquals(EpochSeconds.ofMillis(3_000), changed.changedAt());
        assertEquals("desktop/skill:weather", changed.guardRef());
        CardDiagnostics counted = registry.diagnostics(3_000);
        assertEquals(List.of(3L, 2L, 1L), List.of(
                counted.publishTotal(), counted.changedTotal(), counted.unchangedTotal()));
        assertEquals(EpochSeconds.ofMillis(3_000), counted.lastChangedAt());
    }

    @Test
    void claim_whoseTimeIsOver_saysNothing_untilItIsSaidAgain() {
        // Given
        publish("now", "online", 0);

        // When
        StatusCard fresh = only(TTL - 1);
        StatusCard stale = only(TTL);
        Publication again = publish("now", "online", TTL + 5);
        StatusCard back = only(TTL + 5);

        // Then
        assertEquals(CardStatus.ONLINE, fresh.status());
        assertTrue(stale.stale());
        assertEquals(CardStatus.UNKNOWN, stale.status());
        assertEquals(CardSeverity.UNKNOWN, stale.severity());
        assertInstanceOf(Publication.Unchanged.class, again);
        assertEquals(CardStatus.ONLINE, back.status());
        assertEquals(1, back.version());
    }

    @Test
    void staleCard_isForgotten_afterItsTime() {
        // Given
        publish("now", "online", 0);

        // When
        int before = registry.cards(TTL + KEPT - 1).size();
        int counted = registry.diagnostics(TTL + KEPT - 1).staleCount();
        int after = registry.cards(TTL + KEPT).size();

        // Then
        assertEquals(List.of(1, 1, 0), List.of(before, counted, after));
        assertEquals(0, registry.diagnostics(TTL + KEPT).cardCount());
    }

    @Test
    void cardOfAnotherOwner_isRefused_andStays() {
        // Given
        publish("now", "online", 0);

        // When
        Publication refused = registry.publish(
                Cards.claim("now", Cards.CLOCK, "\"status\": \"offline\""), TTL, 1);

        // Then
        assertEquals(HubErrorCode.WRONG_OWNER,
                assertInstanceOf(Publication.Refused.class, refused).code());
        assertEquals(CardStatus.ONLINE, only(1).status());
        assertEquals(Optional.of(Cards.WEATHER), registry.ownerOf("now"));
    }

    @Test
    void oversizedCard_isRefused_countedAndNamed_andTheOldOneStays() {
        // Given
        publish("now", "online", 0);
        CardClaim large = Cards.claim("now", Cards.WEATHER, Cards.metadata(16, 512));

        // When
        Publication said = registry.publish(large, TTL, 7);

        // Then
        Publication.Refused refused = assertInstanceOf(Publication.Refused.class, said);
        CardDiagnostics counted = registry.diagnostics(7);
        assertEquals(HubErrorCode.PAYLOAD_TOO_LARGE, refused.code());
        assertEquals(8_192, refused.limit());
        assertTrue(refused.observed() > 8_192, "observed " + refused.observed());
        assertEquals(1, counted.oversizedCardTotal());
        assertEquals(new CardDiagnostics.Oversized(
                        "now", Cards.WEATHER, refused.observed(), EpochSeconds.ofMillis(7)),
                counted.lastOversizedCard());
        assertEquals(refused.observed(), counted.maxCardBytesObserved());
        assertEquals(8_192, counted.maxCardBytes());
        assertEquals(1, counted.publishTotal());
        assertEquals(CardStatus.ONLINE, only(7).status());
    }

    @Test
    void largestCard_isHeld_andIsNeverServedAboveTheLimit() {
        // Given
        Publication said = null;

        // When
        for (int chars = 512; !(said instanceof Publication.Changed); chars--) {
            said = registry.publish(
                    Cards.claim("now", Cards.WEATHER, Cards.metadata(16, chars)), TTL, 7);
        }

        // Then
        HeldCard held = ((Publication.Changed) said).card();
        int served = held.card(TTL + KEPT, "throttle").bytes();
        assertTrue(served <= StatusCard.BYTES_MAX && served > StatusCard.BYTES_MAX - 64,
                "served with " + served + " bytes");
    }

    @Test
    void ownerWithAllItsCards_isRefusedOthers_butMaySayAgainWhatItHas() {
        // Given
        List.of("a", "b", "c").forEach(id -> publish(id, "online", 0));

        // When
        Publication fourth = publish("d", "online", 1_000);
        Publication again = publish("c", "offline", 1_000);
        registry.withdraw("a");
        Publication inItsPlace = publish("d", "online", 1_000);

        // Then
        Publication.Refused refused = assertInstanceOf(Publication.Refused.class, fourth);
        assertEquals(HubErrorCode.RATE_LIMITED, refused.code());
        assertEquals(Duration.ofMillis(9_000), refused.retryAfter());
        assertInstanceOf(Publication.Changed.class, again);
        assertInstanceOf(Publication.Changed.class, inItsPlace);
    }

    @Test
    void fullIndex_makesRoomOfStaleCards_andElseRefuses() {
        // Given
        List.of("a", "b").forEach(id -> publish(id, "online", 0));
        List.of("c", "d").forEach(id -> registry.publish(
                Cards.claim(id, Cards.CLOCK, "\"status\": \"online\""), 2 * TTL, 0));

        // When
        Publication full = publish("e", "online", 1);
        Publication later = publish("e", "online", TTL);

        // Then
        assertInstanceOf(Publication.Refused.class, full);
        assertInstanceOf(Publication.Changed.class, later);
        assertEquals(List.of("c", "d", "e"), registry.cards(TTL).stream()
                .map(card -> card.claim().id()).toList());
    }

    @Test
    void bytesOfAll_areBounded() {
        // Given
        StatusCardRegistry small = new StatusCardRegistry(new CardLimits(100, 9_000, 100, 5, 0));
        CardClaim large = Cards.claim("a", Cards.WEATHER, Cards.metadata(14, 500));

        // When
        Publication first = small.publish(large, TTL, 0);
        Publication second = small.publish(
                Cards.claim("b", Cards.WEATHER, Cards.metadata(14, 500)), TTL, 0);
        small.withdraw("a");
        Publication third = small.publish(
                Cards.claim("b", Cards.WEATHER, Cards.metadata(14, 500)), TTL, 0);

        // Then
        assertInstanceOf(Publication.Changed.class, first);
        assertInstanceOf(Publication.Refused.class, second);
        assertInstanceOf(Publication.Changed.class, third);
    }

    @Test
    void claims_ofOneOwner_areSoManyASecond() {
        // Given
        for (int i = 0; i < 5; i++) {
            registry.admit(Cards.WEATHER, 100);
        }

        // When
        Optional<Publication.Refused> sixth = registry.admit(Cards.WEATHER, 400);
        Optional<Publication.Refused> other = registry.admit(Cards.CLOCK, 400);
        Optional<Publication.Refused> later = registry.admit(Cards.WEATHER, 1_000);

        // Then
        assertEquals(Duration.ofMillis(600), sixth.orElseThrow().retryAfter());
        assertTrue(other.isEmpty());
        assertTrue(later.isEmpty());
    }

    @Test
    void card_isKnown_inItsOwnWebspaceOnly() {
        // Given
        publish("now", "online", 0);

        // When
        List<Boolean> known = List.of(registry.knows("now", WebspaceId.DESKTOP),
                registry.knows("now", new WebspaceId("lab")),
                registry.knows("other", WebspaceId.DESKTOP));

        // Then
        assertEquals(List.of(true, false, false), known);
    }

    private Publication publish(String id, String status, long nowMillis) {
        return registry.publish(Cards.claim(id, status), TTL, nowMillis);
    }

    private StatusCard only(long nowMillis) {
        List<HeldCard> cards = registry.cards(nowMillis);
        assertEquals(1, cards.size());
        return cards.get(0).card(nowMillis, null);
    }
}
