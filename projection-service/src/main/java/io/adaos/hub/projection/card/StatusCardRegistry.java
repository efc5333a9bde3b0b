package io.adaos.hub.projection.card;

import io.adaos.hub.contracts.error.HubErrorCode;
import io.adaos.hub.contracts.id.OwnerId;
import io.adaos.hub.contracts.id.WebspaceId;
import io.adaos.hub.contracts.status.EpochSeconds;
import io.adaos.hub.projection.card.claim.CardClaim;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * The claims of all owners, in memory, each for as long as it says; safe for many threads.
 *
 * <p>Nothing here is a truth: who claims says it again before its time is over, also to a service
 * that has just begun.
 */
final class StatusCardRegistry {

    private static final long SECOND = 1_000;

    /** How often an owner has claimed in the second that began then, and what it holds. */
    private static final class Owner {
        private long secondBeganAt;
        private int claims;
        private int cards;
    }

    private final CardLimits limits;
    private final Map<String, HeldCard> cards = new TreeMap<>();
    private final Map<OwnerId, Owner> owners = new HashMap<>();
    private long bytes;
    private long changedTotal;
    private long unchangedTotal;
    private long observedBytes;
    private long oversizedTotal;
    private CardDiagnostics.Oversized lastOversized;
    private EpochSeconds lastChangedAt;

    StatusCardRegistry(CardLimits limits) {
        this.limits = limits;
    }

    /** Counts an attempt of an owner; refuses it when there were too many within a second. */
    synchronized Optional<Publication.Refused> admit(OwnerId owner, long nowMillis) {
        Owner counted = owners.computeIfAbsent(owner, unknown -> new Owner());
        if (nowMillis - counted.secondBeganAt >= SECOND) {
            counted.secondBeganAt = nowMillis;
            counted.claims = 0;
        }
        return ++counted.claims <= limits.claimsPerSecond() ? Optional.empty()
                : Optional.of(Publication.Refused.full("'" + owner + "' claims more than "
                        + limits.claimsPerSecond() + " cards a second",
                        limits.claimsPerSecond(),
                        Duration.ofMillis(counted.secondBeganAt + SECOND - nowMillis)));
    }

    /** Whether this id is a card of that webspace already. */
    synchronized boolean knows(String id, WebspaceId webspace) {
        HeldCard held = cards.get(id);
        return held != null && held.claim().webspaceId().equals(webspace);
    }

    /** Holds a claim for its time, in place of what its owner said before. */
    synchronized Publication publish(CardClaim claim, long ttlMillis, long nowMillis) {
        HeldCard said = HeldCard.first(claim, ttlMillis, nowMillis);
        observedBytes = Math.max(observedBytes, said.bytes());
        if (said.bytes() > StatusCard.BYTES_MAX) {
            return oversized(claim.id(), claim.owner(), said.bytes(), nowMillis);
        }
        HeldCard held = cards.get(claim.id());
        if (held != null && !held.claim().owner().equals(claim.owner())) {
            return Publication.Refused.of(HubErrorCode.WRONG_OWNER,
                    "Card '" + claim.id() + "' is of another owner");
        }
        if (held == null) {
            Optional<Publication.Refused> full = withoutRoom(claim.owner(), said, nowMillis);
            if (full.isPresent()) {
                return full.get();
            }
        }
        HeldCard kept = held == null ? said : held.again(said);
        put(held, kept);
        if (held != null && kept.version() == held.version()) {
            unchangedTotal++;
            return new Publication.Unchanged(kept);
        }
        changedTotal++;
        lastChangedAt = EpochSeconds.ofMillis(nowMillis);
        return new Publication.Changed(kept);
    }

    /** Counts and names a claim that is larger than a card may be. */
    synchronized Publication.Refused oversized(
            String id, OwnerId owner, long size, long nowMillis) {
        observedBytes = Math.max(observedBytes, size);
        oversizedTotal++;
        lastOversized = new CardDiagnostics.Oversized(
                id, owner, size, EpochSeconds.ofMillis(nowMillis));
        return new Publication.Refused(HubErrorCode.PAYLOAD_TOO_LARGE, "Card '" + id + "' has "
                + size + " bytes, " + StatusCard.BYTES_MAX + " are allowed; put what it tells of"
                + " into a slot, a stream or details, and refer to it",
                size, StatusCard.BYTES_MAX, Duration.ZERO);
    }

    /** Whose a card is; empty when there is none. */
    synchronized Optional<OwnerId> ownerOf(String id) {
        return Optional.ofNullable(cards.get(id)).map(held -> held.claim().owner());
    }

    /** Forgets a card. */
    synchronized void withdraw(String id) {
        HeldCard held = cards.get(id);
        if (held != null) {
            drop(held);
        }
    }

    /** All that is held, by id; what was stale for too long is forgotten first. */
    synchronized List<HeldCard> cards(long nowMillis) {
        forgetStale(nowMillis - limits.keptStaleMillis());
        return List.copyOf(cards.values());
    }

    /** What was counted; the parts this registry does not know are 0. */
    synchronized CardDiagnostics diagnostics(long nowMillis) {
        int stale = (int) cards.values().stream().filter(card -> card.isStale(nowMillis)).count();
        return new CardDiagnostics(cards.size(), changedTotal + unchangedTotal, changedTotal,
                unchangedTotal, StatusCard.BYTES_MAX, observedBytes, oversizedTotal,
                lastOversized, stale, 0, 0, lastChangedAt);
    }

    /** Why another card of an owner cannot be held, after stale ones have made room. */
    private Optional<Publication.Refused> withoutRoom(
            OwnerId owner, HeldCard said, long nowMillis) {
        if (lacksRoom(owner, said)) {
            forgetStale(nowMillis);
        }
        if (!lacksRoom(owner, said)) {
            return Optional.empty();
        }
        boolean isOwners = cardsOf(owner) >= limits.cardsOfOwner();
        long frees = cards.values().stream()
                .filter(card -> !isOwners || card.claim().owner().equals(owner))
                .mapToLong(HeldCard::expiresAtMillis).min().orElse(nowMillis);
        Duration wait = Duration.ofMillis(Math.max(SECOND, frees - nowMillis));
        return Optional.of(isOwners
                ? Publication.Refused.full("'" + owner + "' holds " + limits.cardsOfOwner()
                        + " cards; take one back first", limits.cardsOfOwner(), wait)
                : Publication.Refused.full("The index is full", limits.cards(), wait));
    }

    private boolean lacksRoom(OwnerId owner, HeldCard said) {
        return cards.size() >= limits.cards() || cardsOf(owner) >= limits.cardsOfOwner()
                || bytes + said.bytes() > limits.bytes();
    }

    private int cardsOf(OwnerId owner) {
        Owner counted = owners.get(owner);
        return counted == null ? 0 : counted.cards;
    }

    private void put(HeldCard before, HeldCard after) {
        cards.put(after.claim().id(), after);
        bytes += after.bytes() - (before == null ? 0 : before.bytes());
        if (before == null) {
            owners.computeIfAbsent(after.claim().owner(), unknown -> new Owner()).cards++;
        }
    }

    private void forgetStale(long expiredBeforeMillis) {
        cards.values().stream().filter(card -> card.isStale(expiredBeforeMillis)).toList()
                .forEach(this::drop);
    }

    private void drop(HeldCard held) {
        cards.remove(held.claim().id());
        bytes -= held.bytes();
        Owner counted = owners.get(held.claim().owner());
        if (counted != null) {
            counted.cards--;
        }
    }
}
