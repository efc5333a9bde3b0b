package io.adaos.hub.marketplace.listing;

import io.adaos.hub.contracts.id.ArtifactRef;
import io.adaos.hub.contracts.id.NodeId;
import io.adaos.hub.contracts.operation.InstalledArtifact;
import io.adaos.hub.marketplace.catalogview.CatalogView;
import io.adaos.hub.marketplace.installed.InstalledView;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

/**
 * A catalog and what is installed, as they stood together; judges a node when it is first asked
 * for. All nodes that have nothing share one listing, so made-up node names cost nothing.
 */
final class MarketplaceSnapshot {

    private final String version;
    private final CatalogView catalog;
    private final InstalledView installed;
    private final Map<Optional<NodeId>, NodeListing> listings = new ConcurrentHashMap<>();

    /** @param version differs between any two snapshots that may say different things */
    MarketplaceSnapshot(String version, CatalogView catalog, InstalledView installed) {
        this.version = version;
        this.catalog = catalog;
        this.installed = installed;
    }

    String version() {
        return version;
    }

    /** Whether it was made of exactly these views. */
    boolean isOf(CatalogView otherCatalog, InstalledView otherInstalled) {
        return catalog == otherCatalog && installed == otherInstalled;
    }

    NodeListing on(NodeId node) {
        Map<ArtifactRef, InstalledArtifact> present = installed.on(node);
        Optional<NodeId> key = present.isEmpty() ? Optional.empty() : Optional.of(node);
        return listings.computeIfAbsent(key, absent -> new NodeListing(catalog, present));
    }
}
