package io.adaos.hub.marketplace.listing;

import io.adaos.hub.contracts.catalog.ArtifactKind;
import io.adaos.hub.contracts.listing.RowStatus;
import io.adaos.hub.marketplace.catalogview.CatalogItem;
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
        statuses = Set.copyOf(statuses);
        words = List.copyOf(words);
    }

    boolean passes(CatalogItem item, RowStatus status) {
        return statuses.contains(status)
                && (kind.isEmpty() || kind.get() == item.entry().kind())
                && hasAllWords(item.searchText());
    }

    private boolean hasAllWords(String text) {
        for (String word : words) {
            if (!text.contains(word)) {
                return false;
            }
        }
        return true;
    }
}
