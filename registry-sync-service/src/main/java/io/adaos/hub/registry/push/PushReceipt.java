package io.adaos.hub.registry.push;

import com.fasterxml.jackson.annotation.JsonInclude;
import io.adaos.hub.contracts.catalog.ArtifactKind;
import io.adaos.hub.contracts.catalog.CatalogEntry;
import io.adaos.hub.contracts.error.FieldProblem;
import java.util.List;

/**
 * Answer to a push: the version is durable, and what the catalog shows afterwards.
 *
 * @param version the pushed one
 * @param created false when the same content was published under this version before
 * @param dryRun true when nothing was stored, else absent
 * @param entry the catalog's line of this artifact; of a higher version when there is one
 * @param digest of the archive stored under this version
 * @param contentDigest over the sorted list of unpacked files
 * @param revision of the entry: what a client waits for
 * @param correlationId carried by the catalog event and everything that follows from it
 * @param warnings what the publisher should know although the version was taken
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record PushReceipt(
        ArtifactKind kind, String id, String name, String version, boolean created,
        Boolean dryRun, CatalogEntry entry, String digest, String contentDigest, long revision,
        String correlationId, List<FieldProblem> warnings) {
    public PushReceipt {
        warnings = List.copyOf(warnings);
    }
}
