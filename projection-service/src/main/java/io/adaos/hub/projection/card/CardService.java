package io.adaos.hub.projection.card;

import io.adaos.hub.contracts.error.HubErrorCode;
import io.adaos.hub.contracts.error.HubException;
import io.adaos.hub.contracts.id.OwnerId;
import io.adaos.hub.contracts.id.WebspaceId;
import io.adaos.hub.contracts.status.EpochSeconds;
import io.adaos.hub.contracts.status.WebspaceStatus;
import io.adaos.hub.contracts.status.YjsPressure.PolicyState;
import io.adaos.hub.projection.card.claim.ClaimReader;
import io.adaos.hub.projection.card.core.CoreCards;
import io.adaos.hub.projection.governance.edge.SteadyClock;
import io.adaos.hub.projection.room.RoomDirectory;
import io.adaos.hub.projection.status.edge.StatusService;
import io.smallrye.mutiny.Uni;
import jakarta.inject.Singleton;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/** Takes claims of owners into the index, tells of changes, and lists cards. */
@Singleton
final class CardService {

    /** A body above this is not even read; blanks may make a fair card's body longer. */
    private static final int BODY_BYTES_MAX = 8 * StatusCard.BYTES_MAX;
    private static final double NANOS_PER_MILLI = 1e6;

    private final StatusCardRegistry registry = new StatusCardRegistry(CardLimits.DEFAULT);
    private final RoomDirectory rooms;
    private final StatusService statuses;
    private final NatsCardPublisher publisher;
    private final SteadyClock clock;
    private volatile double lastPublishMillis;

    CardService(RoomDirectory rooms, StatusService statuses, NatsCardPublisher publisher,
            SteadyClock clock) {
        this.rooms = rooms;
        this.statuses = statuses;
        this.publisher = publisher;
        this.clock = clock;
    }

    /** Holds what an owner claims; fails with a problem body when it cannot. */
    Uni<CardAnswer> publish(String id, OwnerId owner, byte[] body) {
        long began = System.nanoTime();
        long now = clock.millis();
        if (!ClaimReader.ID.matcher(id).matches()) {
            throw new HubException(HubErrorCode.REQUEST_INVALID,
                    "The id of a card matches " + ClaimReader.ID);
        }
        if (id.startsWith(ClaimReader.CORE)) {
            throw new HubException(HubErrorCode.WRONG_OWNER,
                    "Cards that begin with '" + ClaimReader.CORE + "' are computed by the hub");
        }
        registry.admit(owner, now).ifPresent(refused -> {
            throw problem(refused);
        });
        if (body.length > BODY_BYTES_MAX) {
            throw problem(registry.oversized(id, owner, body.length, now));
        }
        ClaimReader.Claimed claimed = ClaimReader.read(id, owner, body);
        WebspaceId webspace = claimed.claim().webspaceId();
        Uni<Boolean> exists = registry.knows(id, webspace) ? Uni.createFrom().item(true)
                : Uni.createFrom().completionStage(() -> rooms.exists(webspace))
                        .onFailure().transform(failure -> new HubException(
                                HubErrorCode.STORE_UNAVAILABLE,
                                "The document store does not answer"));
        return exists.map(isThere -> {
            if (!isThere) {
                throw new HubException(HubErrorCode.WEBSPACE_UNKNOWN,
                        "There is no webspace '" + webspace + "'");
            }
            CardAnswer answer = held(claimed);
            lastPublishMillis = (System.nanoTime() - began) / NANOS_PER_MILLI;
            return answer;
        });
    }

    private CardAnswer held(ClaimReader.Claimed claimed) {
        long now = clock.millis();
        Publication said = registry.publish(claimed.claim(), claimed.ttlMillis(), now);
        if (said instanceof Publication.Refused refused) {
            throw problem(refused);
        }
        if (said instanceof Publication.Changed changed) {
            StatusCard card = changed.card().card(now, null);
            publisher.changed(card);
            return CardAnswer.applied(card);
        }
        return CardAnswer.unchanged(((Publication.Unchanged) said).card().card(now, null));
    }

    /** Forgets a card of an owner, or anybody's for an operator. */
    void withdraw(String id, String subject, boolean isAdmin) {
        OwnerId owner = registry.ownerOf(id).orElseThrow(() -> new HubException(
                HubErrorCode.NOT_FOUND, "Nobody claims a card '" + id + "'"));
        if (!isAdmin && !owner.value().equals(subject)) {
            throw new HubException(HubErrorCode.WRONG_OWNER,
                    "Card '" + id + "' is of another owner");
        }
        registry.withdraw(id);
    }

    /** The cards a query asks for, of those that its reader may see. */
    CardPage list(CardQuery query) {
        long now = clock.millis();
        List<WebspaceStatus> contracts = statuses.live();
        Map<String, PolicyState> states = new HashMap<>();
        contracts.forEach(contract -> states.putAll(CoreCards.policyStates(contract)));
        Stream<StatusCard> computed = contracts.stream().flatMap(contract ->
                CoreCards.of(contract).stream()
                        .map(said -> StatusCard.computed(said, contract.at())));
        Stream<StatusCard> claimed = registry.cards(now).stream().map(held -> held.card(now,
                Optional.ofNullable(states.get(held.guardRef())).map(PolicyState::wire)
                        .orElse(null)));
        List<StatusCard> wanted = Stream.concat(computed, claimed).filter(query::takes)
                .sorted(Comparator.comparing(StatusCard::id)).toList();
        int derived = (int) wanted.stream().filter(card -> card.version() == null).count();
        CardDiagnostics counted = registry.diagnostics(now).with(derived, lastPublishMillis);
        return new CardPage(wanted.stream().limit(query.limit()).toList(), wanted.size(),
                query.limit(), EpochSeconds.ofMillis(now), query.reader().isAdmin()
                        ? counted : counted.seenBy(query.reader().subject()));
    }

    private static HubException problem(Publication.Refused refused) {
        HubException problem = new HubException(refused.code(), refused.detail(), List.of(),
                refused.limit() == 0 ? Map.of()
                        : Map.of("observed", refused.observed(), "limit", refused.limit()));
        return refused.retryAfter().isZero() ? problem : problem.after(refused.retryAfter());
    }
}
