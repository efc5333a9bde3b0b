package io.adaos.hub.runtime.outbox;

import io.adaos.hub.runtime.pg.PgTransactions;
import io.quarkus.arc.properties.IfBuildProperty;
import io.vertx.mutiny.sqlclient.Pool;
import jakarta.enterprise.inject.Produces;
import jakarta.inject.Singleton;

/** Wires transactions, outbox and relay; absent in a service that has no database. */
@Singleton
@IfBuildProperty(name = "hub.outbox.enabled", stringValue = "true", enableIfMissing = true)
final class OutboxBeans {

    private final OutboxSignal signal = new OutboxSignal();

    @Produces
    @Singleton
    PgTransactions transactions(Pool pool) {
        return new PgTransactions(pool, signal);
    }

    @Produces
    @Singleton
    Outbox outbox() {
        return new PgOutbox(signal);
    }
}
