package io.adaos.hub.registry.catalog;

import io.adaos.hub.contracts.catalog.ArtifactKind;
import java.util.List;

/** A page of an artifact's versions, the newest push first. */
public record VersionPage(
        ArtifactKind kind, String id, List<VersionSummary> items, int offset, int limit,
        int total) {
    public VersionPage {
        items = List.copyOf(items);
    }
}
