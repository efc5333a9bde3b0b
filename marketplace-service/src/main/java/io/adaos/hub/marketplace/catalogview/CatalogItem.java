package io.adaos.hub.marketplace.catalogview;

import io.adaos.hub.contracts.catalog.CatalogEntry;
import io.adaos.hub.contracts.id.ArtifactRef;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * A catalog entry with what every listing asks of it, worked out once.
 *
 * @param searchText folded words of the entry, one field a line
 * @param requiredSkills skills a scenario cannot run without: folded name to the name as written
 */
public record CatalogItem(
        CatalogEntry entry,
        ArtifactRef ref,
        String searchText,
        Map<String, String> requiredSkills,
        Optional<String> correlationId) {

    /** The item of an entry, with the id of the push that is known to have made it. */
    public static CatalogItem of(CatalogEntry entry, Optional<String> correlationId) {
        return new CatalogItem(
                entry, entry.ref(), searchText(entry), requiredSkills(entry), correlationId);
    }

    /** +1 per change of this (kind, id); 0 when the registry did not say. */
    public long revision() {
        return entry.revision() == null ? 0 : entry.revision();
    }

    private static String searchText(CatalogEntry entry) {
        String owner = entry.publisher() == null ? null : entry.publisher().ownerId();
        Stream<String> fields = Stream.concat(
                Stream.of(entry.displayTitle(), entry.id(), entry.name(), entry.description(),
                        owner),
                entry.tags().stream());
        return SearchText.fold(String.join("\n", fields.filter(Objects::nonNull).toList()));
    }

    private static Map<String, String> requiredSkills(CatalogEntry entry) {
        if (entry.skills() == null) {
            return Map.of();
        }
        Map<String, String> required = new LinkedHashMap<>();
        for (String name : entry.skills().required()) {
            required.putIfAbsent(SearchText.fold(name), name);
        }
        return Collections.unmodifiableMap(required);
    }
}
