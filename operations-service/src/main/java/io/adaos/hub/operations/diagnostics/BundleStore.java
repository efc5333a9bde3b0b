package io.adaos.hub.operations.diagnostics;

import io.adaos.hub.contracts.id.OperationId;
import io.adaos.hub.operations.lifecycle.PgOutcomeStep;
import io.smallrye.mutiny.Uni;
import java.util.Optional;

/** Keeps bundles until they expire. */
interface BundleStore {

    /** Writes the bundle when its operation succeeds, and deletes those that have expired. */
    PgOutcomeStep keeping(OperationId operation, byte[] bytes);

    /** The bundle of an operation; empty when there is none, or none any more. */
    Uni<Optional<byte[]>> find(OperationId operation);
}
