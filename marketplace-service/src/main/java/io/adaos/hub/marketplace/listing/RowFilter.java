package io.adaos.hub.marketplace.listing;

import io.adaos.hub.contracts.catalog.ArtifactKind;
import io.adaos.hub.contracts.listing.RowStatus;
import io.adaos.hub.marketplace.catalogview.CatalogItem;
import java.util.Collections;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * Which rows are wanted.
 *
 * @param kind one kind, or both when empty
 * @param statuses any of these
 * @param words folded words that must all occur in the entry
 */
record RowFilter(Optional<ArtifactKind> kind, Set<RowStatus> statuses, List<String> words) {

    RowFilter {
        statuses = Collections.unmodifiableSet(
                statuses.isEmpty() ? EnumSet.noneOf(RowStatus.class) : EnumSet.copyOf(statuses));
        words = List.copyOf(words);
    }

    boolean wants(RowStatus status) {
        return statuses.contains(status);
    }

    boolean hasAllWords(CatalogItem item) {
        for (String word : words) {
            if (!item.searchText().contains(word)) {
                return false;
            }
        }
        return true;
    }
}
