package io.adaos.hub.marketplace.listing;

import io.adaos.hub.contracts.catalog.ArtifactKind;
import io.adaos.hub.contracts.id.ArtifactRef;
import io.adaos.hub.contracts.listing.MarketplaceRow;
import io.adaos.hub.contracts.operation.InstalledArtifact;
import io.adaos.hub.marketplace.catalogview.CatalogView;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Every artifact of a catalog judged for one node; rows are made only for the page asked for. */
final class NodeListing {

    private final CatalogView catalog;
    private final MarketplaceRows rows;
    private final RowVerdict[] verdicts;

    NodeListing(CatalogView catalog, Map<ArtifactRef, InstalledArtifact> installed) {
        this.catalog = catalog;
        this.rows = new MarketplaceRows(catalog, installed);
        this.verdicts = new RowVerdict[catalog.size()];
        // most skills are not on the node and need nothing: those are not even looked at
        Arrays.fill(verdicts, RowVerdict.INSTALLABLE);
        for (int place = startOf(ArtifactKind.SCENARIO); place < verdicts.length; place++) {
            verdicts[place] = rows.judge(catalog.at(place));
        }
        for (ArtifactRef present : installed.keySet()) {
            catalog.placeOf(present).ifPresent(
                    place -> verdicts[place] = rows.judge(catalog.at(place)));
        }
    }

    /** A part of the rows that pass a filter, and how many pass it in all. */
    record Page(List<MarketplaceRow> rows, int total) {
    }

    /** The page in catalog order; empty past the end. */
    Page page(RowFilter filter, int offset, int limit) {
        List<MarketplaceRow> page = new ArrayList<>();
        int total = 0;
        int end = filter.kind().map(catalog::endOf).orElse(verdicts.length);
        for (int place = filter.kind().map(this::startOf).orElse(0); place < end; place++) {
            if (filter.wants(verdicts[place].status())
                    && filter.hasAllWords(catalog.at(place))) {
                if (total >= offset && page.size() < limit) {
                    page.add(rows.row(catalog.at(place), verdicts[place]));
                }
                total++;
            }
        }
        return new Page(List.copyOf(page), total);
    }

    /** The row of one artifact, whatever its status. */
    Optional<MarketplaceRow> find(ArtifactRef ref) {
        return catalog.find(ref).map(item -> rows.row(item, rows.judge(item)));
    }

    /** Catalog order has the kinds one after the other. */
    private int startOf(ArtifactKind kind) {
        return switch (kind) {
            case SKILL -> 0;
            case SCENARIO -> catalog.endOf(ArtifactKind.SKILL);
        };
    }
}
