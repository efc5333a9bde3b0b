package io.adaos.hub.registry.actions.store;

import io.adaos.hub.contracts.action.ActionPublished;
import io.adaos.hub.contracts.bus.HubSubjects;
import io.adaos.hub.registry.actions.intake.ActionKey;
import io.adaos.hub.registry.actions.signature.SignatureBlock;
import io.adaos.hub.runtime.outbox.Outbox;
import io.adaos.hub.runtime.outbox.OutboxEvent;
import io.adaos.hub.runtime.pg.PgTransactions;
import io.smallrye.mutiny.Uni;
import io.vertx.core.buffer.Buffer;
import io.vertx.mutiny.sqlclient.Row;
import io.vertx.mutiny.sqlclient.SqlConnection;
import io.vertx.mutiny.sqlclient.Tuple;
import java.util.Optional;

/** Publishes versions of actions, each in one transaction with its fact. */
public final class PgActionStore {
    /*
     * Notes on races.
     *
     * Whoever inserts a row that another transaction has inserted waits for that one's end; then
     * ON CONFLICT DO NOTHING inserts nothing, and the next statement sees what is there. So of any
     * number of publishers one inserts, the others read its row, and none fails. All take the
     * rows in one order, the action before its version, so they cannot wait for each other in a
     * circle. There is no row that publishers of different actions share.
     */

    private static final String ADD_NAME =
            "INSERT INTO action (name) VALUES ($1) ON CONFLICT DO NOTHING";
    private static final String ADD_VERSION = """
            INSERT INTO action_version (name, version, canonical, hash, description, search,
                sig_alg, sig_kid, sig_b64, subject, correlation_id)
            VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11) ON CONFLICT DO NOTHING""";
    private static final String FIND = """
            SELECT name, version, canonical, hash, sig_alg, sig_kid, sig_b64
            FROM action_version WHERE name = $1 AND version = $2""";

    private final PgTransactions transactions;
    private final Outbox outbox;

    public PgActionStore(PgTransactions transactions, Outbox outbox) {
        this.transactions = transactions;
        this.outbox = outbox;
    }

    /** What is stored under a name and version, and whether this call stored it. */
    public record Stored(StoredAction action, boolean isNew) {
    }

    /** Stores the version and its fact, unless that version is there; then tells what it is. */
    public Uni<Stored> publish(NewAction action, Publisher publisher) {
        return transactions.write(tx -> tx.preparedQuery(ADD_NAME)
                .execute(Tuple.of(action.key().name()))
                .chain(() -> tx.preparedQuery(ADD_VERSION).execute(row(action, publisher)))
                .chain(added -> added.rowCount() == 0
                        ? find(tx, action.key()).map(found ->
                                new Stored(found.orElseThrow(), false))
                        : outbox.append(tx, fact(action, publisher))
                                .replaceWith(new Stored(new StoredAction(action.key(),
                                        action.canonical(), action.hash().text(),
                                        action.signature()), true))));
    }

    static Uni<Optional<StoredAction>> find(SqlConnection tx, ActionKey key) {
        return tx.preparedQuery(FIND).execute(Tuple.of(key.name(), key.version())).map(rows ->
                rows.size() == 0 ? Optional.empty() : Optional.of(stored(rows.iterator().next())));
    }

    private static StoredAction stored(Row row) {
        return new StoredAction(new ActionKey(row.getString(0), row.getString(1)),
                row.getBuffer(2).getBytes(), row.getString(3),
                new SignatureBlock(row.getString(4), row.getString(5), row.getString(6)));
    }

    private static Tuple row(NewAction action, Publisher publisher) {
        SignatureBlock signature = action.signature();
        return Tuple.from(new Object[] {
            action.key().name(), action.key().version(), Buffer.buffer(action.canonical()),
            action.hash().text(), action.description(), action.search(),
            signature.alg(), signature.kid(), signature.sig(),
            publisher.subject(), publisher.correlationId()});
    }

    private static OutboxEvent fact(NewAction action, Publisher publisher) {
        ActionKey key = action.key();
        return new OutboxEvent(
                HubSubjects.actionPublished(key.name(), key.version()),
                "io.adaos.hub.catalog.action_published.v1",
                "action:" + key.name() + '@' + key.version(),
                publisher.correlationId(),
                new ActionPublished(key.name(), key.version(), action.hash().text(),
                        action.signature().kid(), publisher.subject(),
                        publisher.correlationId()));
    }
}
