package io.adaos.hub.projection.write.direct;

import io.adaos.hub.contracts.id.WebspaceId;
import io.adaos.hub.projection.governance.WriteGovernor;
import io.adaos.hub.projection.governance.direct.DirectWriteLog;
import io.adaos.hub.projection.governance.direct.DirectWriteRules;
import io.adaos.hub.projection.governance.direct.RefusedClients;
import io.adaos.hub.projection.governance.edge.SteadyClock;
import io.adaos.hub.projection.room.member.CloseReason;
import io.adaos.hub.projection.rules.follow.InstalledRulesService;
import io.adaos.hub.projection.write.diagnostics.MissService;
import jakarta.inject.Singleton;
import java.util.function.Consumer;

/** The way in for the raw updates of sockets. */
@Singleton
public final class RawWriteService {

    private final RawDesk desk;

    RawWriteService(WriteGovernor governor, DirectWriteRules directRules, RefusedClients refused,
            DirectWriteLog log, InstalledRulesService rules, MissService misses,
            SteadyClock clock) {
        this.desk = new RawDesk(governor, new RawPlaces(directRules, rules::book), refused, log,
                misses::ownerMissing, clock::millis);
    }

    /**
     * A connection that may bring updates from now on.
     *
     * @param name nobody else's in this process
     * @param closer ends it when something that waited is refused
     */
    public RawConnection open(WebspaceId webspace, RawWriter writer, String name,
            Consumer<CloseReason> closer) {
        return new RawConnection(desk, webspace, writer, name, closer);
    }
}
