package io.adaos.hub.registry.catalog;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.adaos.hub.contracts.catalog.ArtifactKind;
import io.adaos.hub.contracts.catalog.CatalogEntry;
import io.adaos.hub.contracts.error.FieldProblem;
import io.adaos.hub.registry.normalize.ArtifactManifest;
import io.adaos.hub.registry.normalize.CatalogEntryNormalizer;
import io.adaos.hub.registry.normalize.Normalized;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PublishRulesTest {

    private static final CatalogState EMPTY =
            new CatalogState(Map.of(), Optional.empty(), Optional.empty());

    @Test
    void firstVersion_becomesTheEntry_withRevisionOne() {
        // Given
        Publication publication = publication("lamp", "lamp", "1.0.0");

        // When
        PublishDecision decision = PublishRules.decide(publication, EMPTY);

        // Then
        assertEquals(new PublishDecision.NewVersion(true, 1), decision);
    }

    @ParameterizedTest
    @CsvSource({
        "1.0.0, 1.0.1, true", "1.0.1, 1.0.0, false", "1.0.0-rc.1, 1.0.0, true",
        "1.0.0, 2.0.0-rc.1, false", "1.0.0-rc.9, 1.0.0-rc.10, true", "0.9.0, 0.10.0, true",
        "1.0.0+1, 1.0.0+2, true", "1.0.0+2, 1.0.0+1, false"})
    void laterVersion_becomesTheEntry_whenItIsHigher(
            String current, String pushed, boolean becomesEntry) {
        // Given
        CatalogState state = state("lamp", "lamp", current);

        // When
        PublishDecision decision =
                PublishRules.decide(publication("lamp", "lamp", pushed), state);

        // Then
        assertEquals(new PublishDecision.NewVersion(becomesEntry, becomesEntry ? 8 : 7), decision);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            lamp | lamp  | LAMP  | other | name name_taken
            lamp | lamp  | new   | Lamp  | id name_taken
            lamp | dir_l | dir_l | new   | name name_taken
            lamp | dir_l | dir_x | lamp  | name name_changed
            lamp | dir_l | lamp  | dir_l | id name_taken, name name_taken
            """)
    void takenNames_areConflicts(
            String ownerId, String ownerName, String name, String id, String conflicts) {
        // Given
        CatalogState state = state(ownerId, ownerName, "1.0.0");
        Optional<CatalogEntry> own = id.equals(ownerId) ? state.current() : Optional.empty();

        // When
        PublishDecision decision = PublishRules.decide(publication(id, name, "2.0.0"),
                new CatalogState(state.aliasOwners(), Optional.empty(), own));

        // Then
        PublishDecision.Refused refused = (PublishDecision.Refused) decision;
        assertEquals("name_conflict", refused.refusal().code().code());
        assertEquals(conflicts, refused.refusal().errors().stream()
                .map(PublishRulesTest::shown).collect(Collectors.joining(", ")));
    }

    @Test
    void sameVersion_isUnchangedOrAConflict_byItsContent() {
        // Given
        CatalogState state = state("lamp", "lamp", "1.0.0");
        CatalogState.StoredVersion same =
                new CatalogState.StoredVersion("sha256:archive", "sha256:content");
        CatalogState.StoredVersion other =
                new CatalogState.StoredVersion("sha256:archive", "sha256:other");
        Publication publication = publication("lamp", "lamp", "1.0.0");

        // When
        PublishDecision unchanged = PublishRules.decide(publication,
                new CatalogState(state.aliasOwners(), Optional.of(same), state.current()));
        PublishDecision conflict = PublishRules.decide(publication,
                new CatalogState(state.aliasOwners(), Optional.of(other), state.current()));

        // Then
        assertEquals(new PublishDecision.Unchanged(same), unchanged);
        assertEquals("version_conflict",
                ((PublishDecision.Refused) conflict).refusal().code().code());
    }

    private static String shown(FieldProblem problem) {
        return problem.path() + ' ' + problem.code();
    }

    private static CatalogState state(String id, String name, String version) {
        Publication published = publication(id, name, version);
        return new CatalogState(
                published.aliases().stream().collect(Collectors.toMap(alias -> alias, x -> id)),
                Optional.empty(),
                Optional.of(published.entry().stored(7, "d", "c")));
    }

    private static Publication publication(String id, String name, String version) {
        Normalized normalized = new CatalogEntryNormalizer().normalize(new ArtifactManifest(
                ArtifactKind.SKILL, name, "adaos-registry", null,
                Map.of("id", id, "version", version)));
        return new Publication(((Normalized.Entry) normalized).entry(), "{}",
                new ArchiveFacts("sha256:archive", "sha256:content", 1, 1, 1),
                new Provenance("user:x", null, null, "c-1"));
    }
}
