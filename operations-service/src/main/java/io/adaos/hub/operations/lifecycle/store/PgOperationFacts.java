package io.adaos.hub.operations.lifecycle.store;

import io.adaos.hub.contracts.bus.HubSubjects;
import io.adaos.hub.contracts.operation.OperationChanged;
import io.adaos.hub.contracts.operation.OperationState;
import io.adaos.hub.operations.lifecycle.StoredOperation;
import io.adaos.hub.operations.lifecycle.machine.StateLines;
import io.adaos.hub.operations.lifecycle.store.PgNewOperations.Newcomer;
import io.adaos.hub.operations.operationlog.PgOperationLog;
import io.adaos.hub.runtime.outbox.Outbox;
import io.adaos.hub.runtime.outbox.OutboxEvent;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.SqlConnection;
import java.util.List;

/** Appends what happened to operations to the outbox, and to their logs. */
final class PgOperationFacts {

    private static final String OPERATION_CHANGED = "io.adaos.hub.operation.changed.v1";

    private final Outbox outbox;

    PgOperationFacts(Outbox outbox) {
        this.outbox = outbox;
    }

    /** These operations are new. */
    Uni<Void> accepted(SqlConnection tx, List<Newcomer> newcomers) {
        return outbox.appendAll(tx, newcomers.stream()
                .map(newcomer -> event(newcomer.state(), newcomer.correlationId()))
                .toList())
                .chain(() -> PgOperationLog.append(tx, newcomers.stream()
                        .map(newcomer -> StateLines.line(newcomer.state())).toList()));
    }

    /** The operation has this state now. */
    Uni<Void> changed(SqlConnection tx, OperationState state, String correlationId) {
        return outbox.append(tx, event(state, correlationId))
                .chain(() -> PgOperationLog.append(tx, List.of(StateLines.line(state))));
    }

    /** These operations have these states now. */
    Uni<Void> changed(SqlConnection tx, List<StoredOperation> operations) {
        return outbox.appendAll(tx, operations.stream()
                .map(operation -> event(operation.state(), operation.correlationId()))
                .toList())
                .chain(() -> PgOperationLog.append(tx, operations.stream()
                        .map(operation -> StateLines.line(operation.state())).toList()));
    }

    private static OutboxEvent event(OperationState state, String correlationId) {
        return new OutboxEvent(
                HubSubjects.operationChanged(state.webspaceId(), state.operationId()),
                OPERATION_CHANGED, state.operationId().value(), correlationId,
                new OperationChanged(state));
    }
}
