package io.adaos.hub.contracts.catalog;

import com.fasterxml.jackson.annotation.JsonInclude;

/** Fact: this entry is now the catalog's line of its (kind, id); it carries its revision. */
public record CatalogEntryUpserted(
        CatalogEntry entry, @JsonInclude(JsonInclude.Include.NON_NULL) String correlationId) {
}
