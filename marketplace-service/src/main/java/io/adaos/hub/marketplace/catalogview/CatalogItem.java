package io.adaos.hub.marketplace.catalogview;

import io.adaos.hub.contracts.catalog.ArtifactKind;
import io.adaos.hub.contracts.catalog.CatalogEntry;
import io.adaos.hub.contracts.id.ArtifactRef;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * A catalog entry with what every listing asks of it, worked out once.
 *
 * @param searchText folded words of the entry, one field a line
 * @param requiredSkills skills a scenario cannot run without; none for a skill
 */
public record CatalogItem(
        CatalogEntry entry,
        ArtifactRef ref,
        String searchText,
        List<RequiredSkill> requiredSkills,
        Optional<String> correlationId) {

    /** A skill as the scenario names it, and the form it is looked up by. */
    public record RequiredSkill(String name, String folded) {

        private static RequiredSkill of(String name) {
            return new RequiredSkill(name, SearchText.fold(name));
        }
    }

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

    private static List<RequiredSkill> requiredSkills(CatalogEntry entry) {
        return entry.kind() != ArtifactKind.SCENARIO || entry.skills() == null
                ? List.of()
                : entry.skills().required().stream().map(RequiredSkill::of).toList();
    }
}
