package io.adaos.hub.registry.catalog;

import io.adaos.hub.contracts.catalog.CatalogEntry;

/**
 * What a publication led to.
 *
 * @param created the version is new
 * @param isEntry the catalog's line shows this version
 * @param entry the catalog's line afterwards, with revision and digests
 * @param digest of the archive stored under this version
 */
public record Published(
        boolean created, boolean isEntry, CatalogEntry entry, String digest,
        String contentDigest) {
}
