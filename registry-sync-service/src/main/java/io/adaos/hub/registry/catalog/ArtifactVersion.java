package io.adaos.hub.registry.catalog;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonUnwrapped;
import io.adaos.hub.contracts.catalog.CatalogEntry;
import java.time.Instant;

/**
 * One published version: the entry as this version would show it, and how it came here.
 *
 * @param entry with the digests of this version and without a revision; its members stand at the
 *     top level
 * @param archiveBytes of the packed archive
 * @param unpackedBytes of all files together
 * @param files regular files
 * @param publishedBy subject of the credential that pushed it
 * @param message what the publisher said, at most 240 characters
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record ArtifactVersion(
        @JsonUnwrapped CatalogEntry entry, long archiveBytes, long unpackedBytes, int files,
        Instant pushedAt, String publishedBy, String message) {
}
