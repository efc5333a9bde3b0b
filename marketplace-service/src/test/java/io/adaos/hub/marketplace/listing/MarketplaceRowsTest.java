package io.adaos.hub.marketplace.listing;

import static io.adaos.hub.marketplace.Artifacts.activating;
import static io.adaos.hub.marketplace.Artifacts.catalog;
import static io.adaos.hub.marketplace.Artifacts.installedScenario;
import static io.adaos.hub.marketplace.Artifacts.installedSkill;
import static io.adaos.hub.marketplace.Artifacts.scenario;
import static io.adaos.hub.marketplace.Artifacts.skill;
import static io.adaos.hub.marketplace.Artifacts.withContent;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.adaos.hub.contracts.catalog.ArtifactKind;
import io.adaos.hub.contracts.catalog.CatalogEntry;
import io.adaos.hub.contracts.catalog.CatalogEntryUpserted;
import io.adaos.hub.contracts.id.ArtifactRef;
import io.adaos.hub.contracts.id.NodeId;
import io.adaos.hub.contracts.listing.InstallAction;
import io.adaos.hub.contracts.listing.MarketplaceRow;
import io.adaos.hub.contracts.listing.RowStatus;
import io.adaos.hub.contracts.operation.InstalledArtifact;
import io.adaos.hub.marketplace.Artifacts.Texts;
import io.adaos.hub.marketplace.catalogview.CatalogView;
import io.adaos.hub.marketplace.installed.InstalledView;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class MarketplaceRowsTest {

    private static final String MARKUP = "<img src=x onerror=alert(1)>";

    @ParameterizedTest(name = "{0} installed, {1} offered: {2}")
    @CsvSource(delimiter = '|', value = {
        "1.0.0        | 1.0.0        | installed",
        "1.0.0        | 1.0.1        | update_available",
        "1.9.0        | 1.10.0       | update_available",
        "2.0.0        | 1.10.0       | installed",
        "1.0.0-rc.1   | 1.0.0        | update_available",
        "1.0.0-rc.2   | 1.0.0-rc.10  | update_available",
        "1.0.0        | 1.0.1-rc.1   | update_available",
        "1.0.0        | 1.0.0-rc.1   | installed",
        "1.0.0+build1 | 1.0.0+build2 | update_available",
        "0.0.0        | 99.999.9999  | update_available",
        "one          | 1.0.0        | update_available",
        "1.0.0        | 999999999999.0.0 | update_available",
    })
    void judge_versions_areComparedBySemVer(String has, String offered, String status) {
        // When
        MarketplaceRow row = row(skill("weather", offered), installedSkill("hub", "weather", has));

        // Then
        assertEquals(status, row.status().wire());
        assertEquals(has, row.installedVersion());
        assertTrue(row.installed());
        assertTrue(row.reason().contains(has), row.reason());
    }

    @Test
    void row_nothingInstalled_offersTheInstallCommand() {
        // When
        MarketplaceRow row = row(skill("weather", "1.0.0",
                new Texts("Weather", "Says if it rains", List.of("home"), "user:anna")));

        // Then
        assertEquals(new MarketplaceRow(ArtifactKind.SKILL, "weather", "Weather", "1.0.0",
                "Says if it rains", List.of("home"), "user:anna", false, null,
                RowStatus.INSTALLABLE, null,
                InstallAction.install(ArtifactKind.SKILL, "weather"), 1, null, null), row);
    }

    @Test
    void row_installedAndUpToDate_hasTheReasonInsteadOfTheCommand() {
        // When
        MarketplaceRow row =
                row(skill("weather", "1.0.0"), installedSkill("hub", "weather", "1.0.0"));

        // Then
        assertEquals(RowStatus.INSTALLED, row.status());
        assertNull(row.installAction());
        assertEquals("Version 1.0.0 is installed and up to date.", row.reason());
    }

    @Test
    void row_updateAvailable_keepsTheCommandAndSaysBothVersions() {
        // When
        MarketplaceRow row =
                row(skill("weather", "1.1.0"), installedSkill("hub", "weather", "1.0.0"));

        // Then
        assertEquals(InstallAction.install(ArtifactKind.SKILL, "weather"), row.installAction());
        assertEquals("Version 1.0.0 is installed; 1.1.0 is available.", row.reason());
    }

    @Test
    void row_sameVersionWithOtherContent_isAnUpdate() {
        // When
        MarketplaceRow row = row(skill("weather", "1.0.0"),
                withContent(installedSkill("hub", "weather", "1.0.0"), "sha256:other"));

        // Then
        assertEquals(RowStatus.UPDATE_AVAILABLE, row.status());
        assertTrue(row.reason().contains("other content"), row.reason());
    }

    @Test
    void row_sameVersionOfUnknownContent_isUpToDate() {
        // When
        MarketplaceRow row = row(skill("weather", "1.0.0"),
                withContent(installedSkill("hub", "weather", "1.0.0"), null));

        // Then
        assertEquals(RowStatus.INSTALLED, row.status());
    }

    @Test
    void row_installedOnAnotherNode_isInstallableHere() {
        // When
        MarketplaceRow row =
                row(skill("weather", "1.0.0"), installedSkill("kitchen", "weather", "1.0.0"));

        // Then
        assertEquals(RowStatus.INSTALLABLE, row.status());
        assertFalse(row.installed());
    }

    @Test
    void row_scenarioOfTheSameId_doesNotCountAsTheSkill() {
        // When
        MarketplaceRow row = row(skill("weather", "1.0.0"), installedScenario("weather", "1.0.0"));

        // Then
        assertEquals(RowStatus.INSTALLABLE, row.status());
    }

    @Test
    void row_activating_isNotCalledInstalled() {
        // When
        MarketplaceRow row = row(skill("weather", "1.0.0"),
                activating(installedSkill("hub", "weather", "1.0.0")));

        // Then
        assertEquals(RowStatus.BLOCKED, row.status());
        assertFalse(row.installed());
        assertNull(row.installAction());
        assertEquals("Version 1.0.0 is being activated.", row.reason());
    }

    @Test
    void row_scenarioWithoutItsSkills_isBlockedAndNamesThem() {
        // When
        MarketplaceRow row = row(scenario("evening", "1.0.0", "Light", "Light", "shades"));

        // Then
        assertEquals(RowStatus.BLOCKED, row.status());
        assertNull(row.installAction());
        assertEquals("Needs skills that are neither installed nor in the catalog: Light, shades.",
                row.reason());
    }

    @Test
    void row_scenarioLacksManySkills_namesTenAndCountsTheRest() {
        // Given
        String[] required = IntStream.range(0, 14).mapToObj(i -> "s" + i).toArray(String[]::new);

        // When
        MarketplaceRow row = row(scenario("evening", "1.0.0", required));

        // Then
        assertTrue(row.reason().endsWith("s8, s9 and 4 more."), row.reason());
    }

    @Test
    void row_requiredSkillIsInTheCatalogInOtherCase_isInstallable() {
        // Given
        CatalogView catalog =
                catalog(scenario("evening", "1.0.0", "LIGHT"), skill("light", "1.0.0"));

        // When
        MarketplaceRow row = row(catalog, "scenario", "evening");

        // Then
        assertEquals(RowStatus.INSTALLABLE, row.status());
    }

    @Test
    void row_requiredSkillIsInstalledOnly_isInstallable() {
        // When
        MarketplaceRow row = row(scenario("evening", "1.0.0", "light"),
                installedSkill("hub", "light", "1.0.0"));

        // Then
        assertEquals(RowStatus.INSTALLABLE, row.status());
    }

    @Test
    void row_updateNeedsASkillThatIsMissing_isBlockedWithBothReasons() {
        // When
        MarketplaceRow row = row(scenario("evening", "1.1.0", "light"),
                installedScenario("evening", "1.0.0"));

        // Then
        assertEquals(RowStatus.BLOCKED, row.status());
        assertEquals("1.0.0", row.installedVersion());
        assertEquals("Version 1.0.0 is installed; 1.1.0 is available. Needs a skill that is "
                + "neither installed nor in the catalog: light.", row.reason());
    }

    @Test
    void row_installedScenarioWhoseSkillWentAway_staysInstalled() {
        // When
        MarketplaceRow row = row(scenario("evening", "1.0.0", "light"),
                installedScenario("evening", "1.0.0"));

        // Then
        assertEquals(RowStatus.INSTALLED, row.status());
    }

    @Test
    void row_textsWithMarkup_arePassedOnUntouched() {
        // When
        MarketplaceRow row = row(skill("weather", "1.0.0",
                new Texts(MARKUP, MARKUP, List.of(MARKUP), "user:" + MARKUP)));

        // Then
        assertEquals(MARKUP, row.title());
        assertEquals(MARKUP, row.description());
        assertEquals(List.of(MARKUP), row.tags());
        assertEquals("user:" + MARKUP, row.publisher());
    }

    @Test
    void row_entryWithoutTitle_showsTheName() {
        // When
        MarketplaceRow row = row(skill("weather", "1.0.0"));

        // Then
        assertEquals("weather", row.title());
    }

    @Test
    void row_factOfAPush_carriesItsRevisionAndCorrelationId() {
        // Given
        CatalogView catalog = CatalogView.empty()
                .with(new CatalogEntryUpserted(skill("weather", "1.3.0", 7), "req-7"));

        // When
        MarketplaceRow row = row(catalog, "skill", "weather");

        // Then
        assertEquals(7, row.revision());
        assertEquals("req-7", row.correlationId());
    }

    private static MarketplaceRow row(CatalogEntry entry, InstalledArtifact... installed) {
        return row(catalog(entry), entry.kind().wire(), entry.id(), installed);
    }

    private static MarketplaceRow row(
            CatalogView catalog, String kind, String id, InstalledArtifact... installed) {
        return new NodeListing(catalog,
                InstalledView.empty().replacedBy(List.of(installed)).on(NodeId.HUB))
                .find(new ArtifactRef(kind, id)).orElseThrow();
    }
}
