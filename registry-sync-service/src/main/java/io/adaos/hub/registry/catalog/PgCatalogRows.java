package io.adaos.hub.registry.catalog;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.adaos.hub.contracts.catalog.CatalogEntry;
import io.adaos.hub.runtime.http.HubJson;
import io.vertx.mutiny.sqlclient.Row;
import java.time.OffsetDateTime;
import java.util.Optional;

/** Reads rows of the catalog's tables by the names of their columns. */
final class PgCatalogRows {

    private PgCatalogRows() {
    }

    static Optional<Row> first(Iterable<Row> rows) {
        for (Row row : rows) {
            return Optional.of(row);
        }
        return Optional.empty();
    }

    /** Columns entry, revision, digest, content_digest. */
    static CatalogEntry entry(Row row) {
        return published(row).stored(row.getLong("revision"), row.getString("digest"),
                row.getString("content_digest"));
    }

    /** Column entry, as it stands in {@code registry.json}. */
    static CatalogEntry published(Row row) {
        try {
            return HubJson.mapper().readValue(row.getString("entry"), CatalogEntry.class);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("a stored entry is not readable", e);
        }
    }

    /** All columns of a version but its entry, manifest and metadata. */
    static VersionSummary version(Row row) {
        return new VersionSummary(
                row.getString("version"),
                row.getString("digest"),
                row.getString("content_digest"),
                row.getLong("archive_bytes"),
                row.getLong("unpacked_bytes"),
                row.getInteger("files"),
                row.get(OffsetDateTime.class, "pushed_at").toInstant(),
                row.getString("subject"),
                row.getString("message"));
    }

    /** The same with the entry, which carries the digests of this version. */
    static ArtifactVersion artifactVersion(Row row) {
        VersionSummary summary = version(row);
        return new ArtifactVersion(versionEntry(row), summary.archiveBytes(),
                summary.unpackedBytes(), summary.files(), summary.pushedAt(),
                summary.publishedBy(), summary.message());
    }

    private static CatalogEntry versionEntry(Row row) {
        try {
            ObjectNode entry = (ObjectNode) HubJson.mapper().readTree(row.getString("entry"));
            entry.put("digest", row.getString("digest"));
            entry.put("content_digest", row.getString("content_digest"));
            return HubJson.mapper().treeToValue(entry, CatalogEntry.class);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("a stored entry is not readable", e);
        }
    }
}
