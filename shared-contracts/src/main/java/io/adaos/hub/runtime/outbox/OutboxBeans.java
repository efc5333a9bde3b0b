package io.adaos.hub.runtime.outbox;

import io.adaos.hub.runtime.pg.PgTransactions;
import io.quarkus.arc.properties.IfBuildProperty;
import io.vertx.mutiny.sqlclient.Pool;
import jakarta.enterprise.inject.Produces;
import jakarta.inject.Singleton;

/** Wires transactions and outbox; absent in a service that has no database. */
@Singleton
@IfBuildProperty(name = "hub.outbox.enabled", stringValue = "true", enableIfMissing = true)
final class OutboxBeans {

    @Produces
    @Singleton
    OutboxSignal signal() {
        return new OutboxSignal();
    }

    @Produces
    @Singleton
    PgTransactions transactions(Pool pool, OutboxSignal signal) {
        return new PgTransactions(pool, signal);
    }

    @Produces
    @Singleton
    Outbox outbox(OutboxSignal signal) {
        return new PgOutbox(signal);
    }
}
