package io.adaos.hub.contracts.catalog;

import com.fasterxml.jackson.annotation.JsonInclude;
import java.util.List;

/**
 * The published file {@code registry.json}: format version, latest instant of its entries (absent
 * when no entry has one), and the entries in {@link CatalogEntry#ORDER}.
 */
public record RegistrySnapshot(
        int version,
        @JsonInclude(JsonInclude.Include.NON_NULL) String updatedAt,
        List<CatalogEntry> skills,
        List<CatalogEntry> scenarios) {

    /** The file format this hub writes. */
    public static final int FORMAT = 2;

    public RegistrySnapshot {
        skills = List.copyOf(skills);
        scenarios = List.copyOf(scenarios);
    }
}
