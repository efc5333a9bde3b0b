package io.adaos.hub.operations.lifecycle;

import io.adaos.hub.contracts.operation.OperationState;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.SqlConnection;

/** What is written in the transaction in which an operation moves on or ends, or not at all. */
@FunctionalInterface
public interface PgOutcomeStep {

    /** Writes nothing. */
    PgOutcomeStep NONE = (tx, ended, correlationId) -> Uni.createFrom().voidItem();

    /** Runs after the state was written; a failure undoes both. */
    Uni<Void> write(SqlConnection tx, OperationState state, String correlationId);
}
