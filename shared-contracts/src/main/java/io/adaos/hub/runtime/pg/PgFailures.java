package io.adaos.hub.runtime.pg;

import io.adaos.hub.contracts.error.HubErrorCode;
import io.adaos.hub.contracts.error.HubException;
import io.smallrye.mutiny.TimeoutException;
import io.vertx.core.VertxException;
import io.vertx.core.impl.NoStackTraceThrowable;
import io.vertx.pgclient.PgException;
import io.vertx.sqlclient.ClosedConnectionException;
import java.io.IOException;

/** Tells a database that is away from a fault in what was asked of it. */
final class PgFailures {

    private PgFailures() {
    }

    /** The refusal {@code store_unavailable} when the database is away, else the same failure. */
    static Throwable translate(Throwable failure) {
        if (failure instanceof HubException || !isAway(failure)) {
            return failure;
        }
        HubException refusal = new HubException(HubErrorCode.STORE_UNAVAILABLE,
                failure instanceof TimeoutException
                        ? "The database gave no answer; whether it did its work is not known"
                        : "The database is away");
        refusal.addSuppressed(failure);
        return refusal;
    }

    /** Whether trying again later, without any change, makes sense. */
    static boolean isAway(Throwable failure) {
        if (failure instanceof PgException refused) {
            return isShutdown(refused.getSqlState());
        }
        return failure instanceof ClosedConnectionException
                || failure instanceof IOException
                || failure instanceof TimeoutException
                || failure instanceof VertxException
                || failure instanceof NoStackTraceThrowable;
    }

    /** Classes 08 connection, 53 resources, 57P0x shutdown. */
    private static boolean isShutdown(String state) {
        return state != null
                && (state.startsWith("08") || state.startsWith("53") || state.startsWith("57P0"));
    }
}
