package io.adaos.hub.projection.card;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.core.JsonProcessingException;
import io.adaos.hub.contracts.id.OwnerId;
import io.adaos.hub.contracts.id.WebspaceId;
import io.adaos.hub.contracts.status.EpochSeconds;
import io.adaos.hub.projection.card.claim.CardClaim;
import io.adaos.hub.projection.card.claim.CardReference;
import io.adaos.hub.projection.card.claim.CardSeverity;
import io.adaos.hub.projection.card.claim.CardStatus;
import io.adaos.hub.runtime.http.HubJson;
import java.util.SortedMap;

/**
 * One entry of the index that clients read first: how a thing is, how sure that is, and where the
 * thing itself is found. It never carries rows, inventories, logs or diagnostics.
 *
 * @param status {@code unknown} once the card is stale, whatever was claimed
 * @param updatedAt when it was said last
 * @param ttlMs for how long that counts; absent for a card of the core, made anew each time
 * @param version +1 with each change of what it says; absent for a card of the core
 * @param changedAt when the version began; absent for a card of the core
 * @param fingerprint equal for equal content
 * @param guardRef which {@code yjs_pressure} its owner stands under: {@code <webspace>/<owner>}
 * @param policyState of that {@code yjs_pressure}, as it is now
 * @param stale whether nobody has said it again in time
 * @param expiresAt when it becomes stale; absent for a card of the core
 * @param ageS seconds since {@code updatedAt}
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record StatusCard(
        String schema,
        String id,
        OwnerId owner,
        String kind,
        String scope,
        CardStatus status,
        CardSeverity severity,
        String summary,
        WebspaceId webspaceId,
        EpochSeconds updatedAt,
        Long ttlMs,
        String incidentId,
        Long version,
        String fingerprint,
        EpochSeconds changedAt,
        CardReference detailsRef,
        CardReference route,
        String guardRef,
        String policyState,
        SortedMap<String, Object> metadata,
        boolean stale,
        EpochSeconds expiresAt,
        double ageS) {

    public static final String SCHEMA = "adaos.status_card.v1";

    /** Bytes of its JSON, which clients count on. */
    public static final int BYTES_MAX = 8_192;

    /** A card of the core, made at this moment and for it. */
    static StatusCard computed(CardClaim said, EpochSeconds at) {
        return new StatusCard(SCHEMA, said.id(), said.owner(), said.kind(), said.scope(),
                said.status(), said.severity(), said.summary(), said.webspaceId(), at, null, null,
                null, said.fingerprint(), null, null, said.route(), null, null, said.metadata(),
                false, null, 0);
    }

    /** Of its JSON, in UTF-8 and without blanks. */
    int bytes() {
        try {
            return HubJson.mapper().writeValueAsBytes(this).length;
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("a card is plain JSON", e);
        }
    }
}
