package io.adaos.hub.contracts.catalog;

import java.util.List;

/** A page of the catalog at one position of the registry's events; a reader watches on from it. */
public record CatalogPage(
        String epoch, long sequence, List<CatalogEntry> items, int offset, int limit, int total) {
    public CatalogPage {
        items = List.copyOf(items);
    }
}
