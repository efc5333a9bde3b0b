package io.adaos.hub.marketplace.catalogview;

import io.adaos.hub.contracts.catalog.ArtifactKind;
import io.adaos.hub.contracts.catalog.CatalogEntry;
import io.adaos.hub.contracts.id.ArtifactRef;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * What the marketplace keeps of a catalog entry, with what every listing asks of it worked out
 * once. The rest of the entry is dropped: 100,000 of these have to fit into a small heap.
 *
 * @param title what people read
 * @param requiredSkills skills a scenario cannot run without; none for a skill
 * @param revision +1 per change of this (kind, id); 0 when the registry did not say
 * @param searchText folded words of the entry, one field a line
 * @param correlationId of the push that made this revision, when it was heard of
 */
public record CatalogItem(
        ArtifactKind kind,
        ArtifactRef ref,
        String name,
        String title,
        String version,
        Optional<String> description,
        List<String> tags,
        Optional<String> owner,
        Optional<String> contentDigest,
        List<RequiredSkill> requiredSkills,
        long revision,
        String searchText,
        Optional<String> correlationId) {

    /** A skill as the scenario names it, and the form it is looked up by. */
    public record RequiredSkill(String name, String folded) {

        private static RequiredSkill of(String name) {
            return new RequiredSkill(name, SearchText.fold(name));
        }
    }

    /** The item of an entry from a list, which does not say whose push made it. */
    public static CatalogItem of(CatalogEntry entry) {
        Optional<String> owner = Optional.ofNullable(entry.publisher())
                .map(publisher -> publisher.ownerId());
        String name = entry.name().equals(entry.id()) ? entry.id() : entry.name();
        return new CatalogItem(
                entry.kind(),
                entry.ref(),
                name,
                entry.title() == null ? name : entry.title(),
                entry.version(),
                Optional.ofNullable(entry.description()),
                entry.tags(),
                owner,
                Optional.ofNullable(entry.contentDigest()),
                requiredSkills(entry),
                entry.revision() == null ? 0 : entry.revision(),
                searchText(entry, owner),
                Optional.empty());
    }

    /** The same item, with the push that made it. */
    public CatalogItem madeBy(String newCorrelationId) {
        return new CatalogItem(kind, ref, name, title, version, description, tags, owner,
                contentDigest, requiredSkills, revision, searchText,
                Optional.ofNullable(newCorrelationId));
    }

    /** Whether both say the same, whatever is known of who made them. */
    boolean sameAs(CatalogItem other) {
        return equals(other)
                || madeBy(null).equals(other.madeBy(null));
    }

    private static String searchText(CatalogEntry entry, Optional<String> owner) {
        Stream<String> fields = Stream.concat(
                Stream.of(entry.displayTitle(), entry.id(), entry.name(), entry.description(),
                        owner.orElse(null)),
                entry.tags().stream());
        return SearchText.fold(
                String.join("\n", fields.filter(Objects::nonNull).distinct().toList()));
    }

    private static List<RequiredSkill> requiredSkills(CatalogEntry entry) {
        return entry.kind() != ArtifactKind.SCENARIO || entry.skills() == null
                ? List.of()
                : entry.skills().required().stream().map(RequiredSkill::of).toList();
    }
}
