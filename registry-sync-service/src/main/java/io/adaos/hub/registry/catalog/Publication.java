package io.adaos.hub.registry.catalog;

import io.adaos.hub.contracts.catalog.CatalogEntry;
import java.util.List;
import java.util.Locale;

/**
 * One checked version of an artifact on its way into the catalog.
 *
 * @param entry without revision and digests, as {@code registry.json} would show it
 * @param manifest the manifest as a JSON object
 */
public record Publication(
        CatalogEntry entry, String manifest, ArchiveFacts archive, Provenance provenance) {

    /** The words that lead to this artifact, folded: its id and its name, in a fixed order. */
    List<String> aliases() {
        return List.of(folded(entry.id()), folded(entry.name())).stream()
                .distinct().sorted().toList();
    }

    /** Names are ASCII, so case is all that has to be folded. */
    static String folded(String name) {
        return name.toLowerCase(Locale.ROOT);
    }
}
