package io.adaos.hub.projection.write.direct;

import io.adaos.hub.projection.governance.WriteGovernor;
import io.adaos.hub.projection.governance.direct.DirectWriteLog;
import io.adaos.hub.projection.governance.direct.RefusedClients;
import java.util.function.Consumer;
import java.util.function.LongSupplier;

/**
 * What all raw writers of a process share.
 *
 * @param log what skills wrote, for the migration report
 * @param ownerless hears of credentials that own no writes and write
 * @param clock epoch milliseconds that do not fall
 */
record RawDesk(WriteGovernor governor, RawPlaces places, RefusedClients refused,
        DirectWriteLog log, Consumer<String> ownerless, LongSupplier clock) {
}
