package io.adaos.hub.marketplace.listing;

import io.adaos.hub.contracts.catalog.ArtifactKind;
import io.adaos.hub.contracts.id.ArtifactRef;
import io.adaos.hub.contracts.listing.InstallAction;
import io.adaos.hub.contracts.listing.MarketplaceRow;
import io.adaos.hub.contracts.listing.RowStatus;
import io.adaos.hub.contracts.operation.InstalledArtifact;
import io.adaos.hub.contracts.operation.InstalledStatus;
import io.adaos.hub.marketplace.catalogview.CatalogItem;
import io.adaos.hub.marketplace.catalogview.CatalogView;
import io.adaos.hub.marketplace.catalogview.SearchText;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Catalog entries and what one node has, turned into rows: no clock, no I/O, same in same out. */
final class MarketplaceRows {

    private static final int NAMED_SKILLS_MAX = 10;

    private final CatalogView catalog;
    private final Map<ArtifactRef, InstalledArtifact> installed;
    private final Set<String> installedSkills;

    MarketplaceRows(CatalogView catalog, Map<ArtifactRef, InstalledArtifact> installed) {
        this.catalog = catalog;
        this.installed = installed;
        this.installedSkills = namesOfSkills(installed);
    }

    /** What can be done with this artifact on the node, and why. */
    RowVerdict judge(CatalogItem item) {
        InstalledArtifact present = installed.isEmpty() ? null : installed.get(item.ref());
        if (present == null) {
            List<String> missing = missingSkills(item);
            return missing.isEmpty()
                    ? RowVerdict.INSTALLABLE
                    : RowVerdict.of(RowStatus.BLOCKED, missingReason(missing));
        }
        if (present.status() == InstalledStatus.ACTIVATING) {
            return RowVerdict.of(RowStatus.BLOCKED,
                    "Version " + present.version() + " is being activated.");
        }
        return judgePresent(item, present);
    }

    /** The row of this artifact. */
    MarketplaceRow row(CatalogItem item, RowVerdict verdict) {
        return new MarketplaceRow(
                item.kind(),
                item.ref().id(),
                item.title(),
                item.version(),
                item.description().orElse(null),
                item.tags(),
                item.owner().orElse(null),
                verdict.installedVersion().isPresent(),
                verdict.installedVersion().orElse(null),
                verdict.status(),
                verdict.reason().orElse(null),
                verdict.offersInstall()
                        ? InstallAction.install(item.kind(), item.ref().id()) : null,
                item.revision(),
                item.correlationId().orElse(null),
                null);
    }

    private RowVerdict judgePresent(CatalogItem item, InstalledArtifact present) {
        String has = present.version();
        String offered = item.version();
        return switch (VersionChange.between(present, item)) {
            case NONE -> RowVerdict.of(RowStatus.INSTALLED,
                    "Version " + has + " is installed and up to date.", has);
            case OLDER -> RowVerdict.of(RowStatus.INSTALLED,
                    "Version " + has + " is installed; the catalog has the older " + offered + ".",
                    has);
            case NEWER -> judgeUpdate(item, has,
                    "Version " + has + " is installed; " + offered + " is available.");
            case OTHER_CONTENT -> judgeUpdate(item, has,
                    "Version " + has + " is installed with other content than " + offered
                            + " in the catalog.");
        };
    }

    private RowVerdict judgeUpdate(CatalogItem item, String has, String reason) {
        List<String> missing = missingSkills(item);
        return missing.isEmpty()
                ? RowVerdict.of(RowStatus.UPDATE_AVAILABLE, reason, has)
                : RowVerdict.of(RowStatus.BLOCKED, reason + ' ' + missingReason(missing), has);
    }

    private List<String> missingSkills(CatalogItem item) {
        Set<String> missing = Set.of();
        for (CatalogItem.RequiredSkill skill : item.requiredSkills()) {
            if (!catalog.offersSkill(skill.folded()) && !installedSkills.contains(skill.folded())) {
                missing = missing.isEmpty() ? new LinkedHashSet<>() : missing;
                missing.add(skill.name());
            }
        }
        return List.copyOf(missing);
    }

    private static String missingReason(List<String> missing) {
        int named = Math.min(missing.size(), NAMED_SKILLS_MAX);
        Optional<String> others = missing.size() == named
                ? Optional.empty()
                : Optional.of(" and " + (missing.size() - named) + " more");
        return (missing.size() == 1 ? "Needs a skill that is" : "Needs skills that are")
                + " neither installed nor in the catalog: "
                + String.join(", ", missing.subList(0, named)) + others.orElse("") + '.';
    }

    private static Set<String> namesOfSkills(Map<ArtifactRef, InstalledArtifact> installed) {
        Set<String> names = new HashSet<>();
        for (InstalledArtifact artifact : installed.values()) {
            if (artifact.kind() == ArtifactKind.SKILL) {
                names.add(SearchText.fold(artifact.id()));
                names.add(SearchText.fold(artifact.name()));
            }
        }
        return names;
    }
}
