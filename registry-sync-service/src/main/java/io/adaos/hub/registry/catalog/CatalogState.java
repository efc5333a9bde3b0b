package io.adaos.hub.registry.catalog;

import io.adaos.hub.contracts.catalog.CatalogEntry;
import java.util.Map;
import java.util.Optional;

/**
 * What the catalog knows that matters to one publication.
 *
 * @param aliasOwners folded name or id to the id of the artifact of this kind that owns it
 * @param sameVersion the version of this number, when it was published before
 * @param current the artifact's entry with revision and digests
 */
record CatalogState(
        Map<String, String> aliasOwners,
        Optional<StoredVersion> sameVersion,
        Optional<CatalogEntry> current) {

    /** Digests of a published version. */
    record StoredVersion(String digest, String contentDigest) {
    }
}
