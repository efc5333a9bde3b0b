package io.adaos.hub.projection.card.claim;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.core.JsonProcessingException;
import io.adaos.hub.contracts.id.OwnerId;
import io.adaos.hub.contracts.id.WebspaceId;
import io.adaos.hub.runtime.http.HubJson;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Collections;
import java.util.HexFormat;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * What a card says, without when and for how long: equal claims have equal fingerprints.
 *
 * @param kind what sort of thing it tells of, such as {@code skill} or {@code device}
 * @param scope what part of it, such as {@code webspace} or {@code node:kitchen}
 * @param incidentId of the incident it belongs to; null when there is none
 * @param detailsRef where more is read; null when there is nothing
 * @param route where the state itself is; null when it is nowhere
 * @param metadata a few texts, numbers and booleans
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record CardClaim(
        String id,
        OwnerId owner,
        WebspaceId webspaceId,
        String kind,
        String scope,
        CardStatus status,
        CardSeverity severity,
        String summary,
        String incidentId,
        CardReference detailsRef,
        CardReference route,
        SortedMap<String, Object> metadata) {

    public CardClaim {
        metadata = Collections.unmodifiableSortedMap(new TreeMap<>(metadata));
    }

    /** SHA-256 of all of it, in hex. */
    public String fingerprint() {
        try {
            return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256")
                    .digest(HubJson.mapper().writeValueAsBytes(this)));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every JDK has SHA-256", e);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("a claim is plain JSON", e);
        }
    }
}
