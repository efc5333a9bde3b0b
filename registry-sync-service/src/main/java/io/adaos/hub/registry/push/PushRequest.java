package io.adaos.hub.registry.push;

import io.adaos.hub.contracts.catalog.ArtifactKind;
import io.adaos.hub.contracts.error.FieldProblem;
import java.nio.file.Path;
import java.util.List;

/**
 * One push as it came in, with the archive in a temporary file.
 *
 * @param fields what was said beside the archive
 * @param warnings what was noticed while the request was read
 */
record PushRequest(
        ArtifactKind kind, boolean dryRun, Path archive, PushFields fields, Sender sender,
        List<FieldProblem> warnings) {

    PushRequest {
        warnings = List.copyOf(warnings);
    }

    /** Who pushes, and under which id the request is known. */
    record Sender(String subject, String correlationId) {
    }
}
