package io.adaos.hub.runtime.outbox;

import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.SqlConnection;
import java.util.List;

/** Where state and its event meet in one transaction. */
public interface Outbox {

    /**
     * Adds a fact to the transaction; it is numbered and published after the commit.
     *
     * @param tx a transaction of {@code PgTransactions.write}, so that the relay wakes at once
     */
    Uni<Void> append(SqlConnection tx, OutboxEvent event);

    /** Adds many facts, in their order, with one statement; at least one. */
    Uni<Void> appendAll(SqlConnection tx, List<OutboxEvent> events);

    /** How far facts are numbered, as this transaction sees it. */
    Uni<OutboxPosition> position(SqlConnection tx);
}
