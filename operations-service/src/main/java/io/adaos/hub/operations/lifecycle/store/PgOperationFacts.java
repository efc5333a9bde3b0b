package io.adaos.hub.operations.lifecycle.store;

import io.adaos.hub.contracts.bus.HubSubjects;
import io.adaos.hub.contracts.operation.OperationChanged;
import io.adaos.hub.contracts.operation.OperationState;
import io.adaos.hub.runtime.outbox.Outbox;
import io.adaos.hub.runtime.outbox.OutboxEvent;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.SqlConnection;

/** Appends what happened to operations to the outbox. */
final class PgOperationFacts {

    private static final String OPERATION_CHANGED = "io.adaos.hub.operation.changed.v1";

    private final Outbox outbox;

    PgOperationFacts(Outbox outbox) {
        this.outbox = outbox;
    }

    /** The operation has this state now. */
    Uni<Void> changed(SqlConnection tx, OperationState state, String correlationId) {
        return outbox.append(tx, new OutboxEvent(
                HubSubjects.operationChanged(state.webspaceId(), state.operationId()),
                OPERATION_CHANGED, state.operationId().value(), correlationId,
                new OperationChanged(state)));
    }
}
