package io.adaos.hub.marketplace.catalogview;

import static io.adaos.hub.marketplace.Artifacts.catalog;
import static io.adaos.hub.marketplace.Artifacts.items;
import static io.adaos.hub.marketplace.Artifacts.scenario;
import static io.adaos.hub.marketplace.Artifacts.skill;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotSame;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.adaos.hub.contracts.catalog.CatalogEntry;
import io.adaos.hub.contracts.catalog.CatalogEntryUpserted;
import io.adaos.hub.contracts.id.ArtifactRef;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class CatalogViewTest {

    @Test
    void replacedBy_entriesInAnyOrder_areListedInCatalogOrder() {
        // When
        CatalogView view = catalog(
                scenario("a_scenario", "1.0.0"), skill("Zeta", "1.0.0"), skill("alpha", "1.0.0"));

        // Then
        assertEquals(List.of("alpha", "Zeta", "a_scenario"), ids(view));
    }

    @Test
    void replacedBy_sameEntryTwice_keepsTheNewerRevision() {
        // When
        CatalogView view = catalog(skill("weather", "2.0.0", 2), skill("weather", "1.0.0", 1));

        // Then
        assertEquals(List.of("2.0.0"), versions(view));
    }

    @Test
    void replacedBy_olderRevisionThanKnown_takesTheList() {
        // Given
        CatalogView known = catalog(skill("weather", "2.0.0", 5));

        // When
        CatalogView view = known.replacedBy(items(skill("weather", "1.0.0", 1)));

        // Then
        assertEquals(List.of("1.0.0"), versions(view));
    }

    @Test
    void replacedBy_nothingNew_isTheSameViewAndKeepsTheCorrelationId() {
        // Given
        CatalogView known = CatalogView.empty().with(
                new CatalogEntryUpserted(skill("weather", "1.0.0"), "req-1"));

        // When
        CatalogView view = known.replacedBy(items(skill("weather", "1.0.0")));

        // Then
        assertSame(known, view);
        assertEquals(Optional.of("req-1"), view.at(0).correlationId());
    }

    @Test
    void with_newerRevision_replacesTheEntryAndLeavesTheOldViewAlone() {
        // Given
        CatalogView before = catalog(skill("air", "1.0.0"), skill("weather", "1.0.0", 1));

        // When
        CatalogView after = before.with(
                new CatalogEntryUpserted(skill("weather", "1.1.0", 2), "req-2"));

        // Then
        assertNotSame(before, after);
        assertEquals(List.of("1.0.0", "1.0.0"), versions(before));
        assertEquals(List.of("1.0.0", "1.1.0"), versions(after));
    }

    @ParameterizedTest(name = "revision {0}")
    @ValueSource(longs = {1, 2, 3})
    void with_revisionThatIsKnown_isTheSameView(long revision) {
        // Given
        CatalogView before = catalog(skill("weather", "3.0.0", 3));

        // When
        CatalogView after = before.with(
                new CatalogEntryUpserted(skill("weather", "1.0.0", revision), null));

        // Then
        assertSame(before, after);
    }

    @Test
    void find_idInOtherCase_isAnotherArtifact() {
        // Given
        CatalogView view = catalog(skill("weather", "1.0.0"));

        // When
        Optional<CatalogItem> found = view.find(new ArtifactRef("skill", "Weather"));

        // Then
        assertTrue(found.isEmpty());
    }

    @Test
    void offersSkill_skillComesLater_isOfferedFromThenOn() {
        // Given
        CatalogView before = catalog(skill("air", "1.0.0"));
        assertFalse(before.offersSkill("weather"));

        // When
        CatalogView after = before.with(new CatalogEntryUpserted(skill("Weather", "1.0.0"), null));

        // Then
        assertTrue(after.offersSkill("weather"));
        assertTrue(after.offersSkill("air"));
    }

    @ParameterizedTest(name = "seed {0}")
    @ValueSource(longs = {1, 2, 3, 20260407})
    void with_factsOneByOne_endsLikeTheWholeList(long seed) {
        // Given
        Random random = new Random(seed);
        List<CatalogEntry> entries = new ArrayList<>();
        for (int i = 0; i < 300; i++) {
            String id = (random.nextBoolean() ? "Skill-" : "skill-") + random.nextInt(60);
            entries.add(random.nextInt(4) == 0
                    ? scenario(id, "1.0." + i)
                    : skill(id, "1.0." + i, i + 1));
        }

        // When
        CatalogView view = CatalogView.empty();
        for (CatalogEntry entry : entries) {
            view = view.with(new CatalogEntryUpserted(entry, null));
        }

        // Then
        CatalogView whole = CatalogView.empty().replacedBy(
                IntStream.range(0, view.size()).mapToObj(view::at).toList());
        assertEquals(ids(whole), ids(view));
        for (CatalogEntry entry : entries) {
            assertEquals(entry.ref(), view.find(entry.ref()).orElseThrow().ref());
        }
    }

    private static List<String> ids(CatalogView view) {
        return IntStream.range(0, view.size()).mapToObj(i -> view.at(i).ref().id()).toList();
    }

    private static List<String> versions(CatalogView view) {
        return IntStream.range(0, view.size()).mapToObj(i -> view.at(i).version()).toList();
    }
}
