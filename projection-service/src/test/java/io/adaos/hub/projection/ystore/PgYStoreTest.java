package io.adaos.hub.projection.ystore;

import io.adaos.hub.contracts.id.WebspaceId;
import io.adaos.hub.testing.TestPostgres;
import io.vertx.mutiny.sqlclient.Tuple;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;

/** The store in PostgreSQL. */
class PgYStoreTest extends YStoreContract {

    private PgStore postgres;

    @BeforeEach
    void migrate() {
        String url = TestPostgres.freshDatabase();
        PgStore.migrate(url);
        postgres = new PgStore(url);
    }

    @AfterEach
    void close() {
        postgres.close();
    }

    @Override
    YStore emptyStore() {
        return postgres.store();
    }

    @Override
    void damage(WebspaceId webspace, long generation) {
        postgres.pool().preparedQuery("""
                UPDATE update_log SET payload = set_byte(payload, 0, 0)
                WHERE webspace = $1 AND generation = $2""")
                .executeAndAwait(Tuple.of(webspace.value(), generation));
    }
}
