package io.adaos.hub.runtime.outbox;

import io.adaos.hub.runtime.pg.PgTransactions;
import io.vertx.mutiny.sqlclient.SqlConnection;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Remembers which open transactions appended a fact, and tells the relay when one commits.
 *
 * <p>Waking at the append would be too early, waking at every commit would make transactions
 * without facts pay for a look at the table.
 */
public final class OutboxSignal implements PgTransactions.CommitListener {

    private final Set<Object> appended = ConcurrentHashMap.newKeySet();
    private volatile Runnable relay = () -> { };

    /** What to call after a commit with facts. */
    public void onCommit(Runnable wake) {
        relay = wake;
    }

    void appended(SqlConnection transaction) {
        appended.add(transaction.getDelegate());
    }

    @Override
    public void committed(SqlConnection transaction) {
        if (appended.remove(transaction.getDelegate())) {
            relay.run();
        }
    }

    @Override
    public void rolledBack(SqlConnection transaction) {
        appended.remove(transaction.getDelegate());
    }
}
