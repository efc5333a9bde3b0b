package io.adaos.hub.registry.catalog;

/**
 * What was measured of an archive.
 *
 * @param digest {@code sha256:<hex>} of the archive's bytes
 * @param contentDigest {@code sha256:<hex>} over the sorted list of unpacked files
 */
public record ArchiveFacts(
        String digest, String contentDigest, long archiveBytes, long unpackedBytes, int files) {
}
