package io.adaos.hub.projection.ystore;

import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.SqlConnection;
import io.vertx.mutiny.sqlclient.Tuple;

/** The check that a lease still holds, inside the transaction that relies on it. */
final class PgLeases {

    private static final String HELD =
            "SELECT 1 FROM webspaces WHERE webspace = $1 AND epoch = $2 FOR SHARE";

    private PgLeases() {
    }

    /** Whether this epoch holds the webspace until the end of the transaction. */
    static Uni<Boolean> isHeld(SqlConnection tx, Lease lease) {
        return isHeld(tx, lease.webspace().value(), lease.epoch());
    }

    /** Whether this epoch holds the webspace until the end of the transaction. */
    static Uni<Boolean> isHeld(SqlConnection tx, String webspace, long epoch) {
        return tx.preparedQuery(HELD).execute(Tuple.of(webspace, epoch))
                .map(rows -> rows.size() > 0);
    }

    /** Fails the transaction when another epoch holds the webspace. */
    static Uni<Void> requireHeld(SqlConnection tx, Lease lease) {
        return isHeld(tx, lease).invoke(held -> {
            if (!held) {
                throw new IllegalStateException(
                        "epoch " + lease.epoch() + " of " + lease.webspace() + " is over");
            }
        }).replaceWithVoid();
    }
}
