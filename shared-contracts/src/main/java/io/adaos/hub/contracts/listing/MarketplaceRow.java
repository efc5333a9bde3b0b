package io.adaos.hub.contracts.listing;

import com.fasterxml.jackson.annotation.JsonInclude;
import io.adaos.hub.contracts.catalog.ArtifactKind;
import java.util.List;

/**
 * One line of the marketplace, ready to be shown, for one node.
 *
 * @param publisher owner id of the publisher, may be null
 * @param installed some version is installed on the node
 * @param installedVersion that version, null when none
 * @param installAction null when there is nothing to do; {@code reason} then says why
 * @param revision revision of the catalog entry, what a client that pushed waits for
 * @param correlationId of the push that made this revision, may be null
 * @param affordances null in what an older service wrote
 */
public record MarketplaceRow(
        ArtifactKind kind,
        String id,
        String title,
        String version,
        @JsonInclude(JsonInclude.Include.NON_NULL) String description,
        List<String> tags,
        @JsonInclude(JsonInclude.Include.NON_NULL) String publisher,
        boolean installed,
        @JsonInclude(JsonInclude.Include.NON_NULL) String installedVersion,
        RowStatus status,
        @JsonInclude(JsonInclude.Include.NON_NULL) String reason,
        @JsonInclude(JsonInclude.Include.NON_NULL) InstallAction installAction,
        long revision,
        @JsonInclude(JsonInclude.Include.NON_NULL) String correlationId,
        @JsonInclude(JsonInclude.Include.NON_NULL) RowAffordances affordances) {
    public MarketplaceRow {
        tags = List.copyOf(tags);
    }

    /** The same row with what can be done with it. */
    public MarketplaceRow offering(RowAffordances offered) {
        return new MarketplaceRow(kind, id, title, version, description, tags, publisher, installed,
                installedVersion, status, reason, installAction, revision, correlationId, offered);
    }
}
