package io.adaos.hub.marketplace.listing;

import io.adaos.hub.contracts.operation.InstalledArtifact;
import io.adaos.hub.marketplace.catalogview.CatalogItem;
import org.semver4j.Semver;

/** How what the catalog offers relates to what a node has. */
enum VersionChange {
    NONE,
    NEWER,
    OLDER,
    OTHER_CONTENT;

    /**
     * Compares by SemVer precedence; versions it cannot order, and versions that differ in build
     * metadata only, are told apart by their content.
     */
    static VersionChange between(InstalledArtifact installed, CatalogItem offered) {
        int order = order(offered.version(), installed.version());
        if (order != 0) {
            return order > 0 ? NEWER : OLDER;
        }
        return sameContent(installed, offered) ? NONE : OTHER_CONTENT;
    }

    private static int order(String offered, String installed) {
        Semver left = parsed(offered);
        Semver right = parsed(installed);
        if (left == null || right == null) {
            return 0;
        }
        return left.withClearedBuild().compareTo(right.withClearedBuild());
    }

    private static Semver parsed(String version) {
        return version == null ? null : Semver.parse(version);
    }

    private static boolean sameContent(InstalledArtifact installed, CatalogItem offered) {
        if (installed.contentDigest() == null || offered.contentDigest().isEmpty()) {
            return String.valueOf(installed.version()).equals(offered.version());
        }
        return installed.contentDigest().equals(offered.contentDigest().get());
    }
}
