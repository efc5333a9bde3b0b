package io.adaos.hub.registry.catalog;

import com.fasterxml.jackson.annotation.JsonInclude;
import java.time.Instant;

/**
 * One published version in a list.
 *
 * @param digest {@code sha256:<hex>} of the archive, the address of its blob
 * @param contentDigest {@code sha256:<hex>} over the sorted list of unpacked files
 * @param archiveBytes of the packed archive
 * @param unpackedBytes of all files together
 * @param files regular files
 * @param publishedBy subject of the credential that pushed it
 * @param message what the publisher said, at most 240 characters
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record VersionSummary(
        String version, String digest, String contentDigest, long archiveBytes,
        long unpackedBytes, int files, Instant pushedAt, String publishedBy, String message) {
}
