package io.adaos.hub.projection.write;

import io.adaos.hub.contracts.id.WebspaceId;
import io.adaos.hub.projection.governance.WriteGovernor;
import io.adaos.hub.projection.governance.edge.SteadyClock;
import io.adaos.hub.projection.room.RoomDirectory;
import io.adaos.hub.projection.write.ingress.RoomGate;
import io.smallrye.mutiny.Uni;
import jakarta.inject.Singleton;
import java.util.List;

/** The way in for the hub's own parts; nobody else writes without a declared rule. */
@Singleton
public final class ProjectionService {

    private final RoomDirectory rooms;
    private final CoreJudgement judgement;

    ProjectionService(RoomDirectory rooms, WriteGovernor governor, SteadyClock clock) {
        this.rooms = rooms;
        this.judgement = new CoreJudgement(governor, new RoomGate(rooms), clock::millis);
    }

    /** Writes for a part of the hub; that the store is away is a refusal, too. */
    public Uni<WriteReceipt> write(CoreWrite write) {
        return Uni.createFrom().completionStage(() -> judgement.write(write));
    }

    /** The webspaces there are; a failure says that the store could not be reached. */
    public Uni<List<WebspaceId>> webspaces() {
        return Uni.createFrom().completionStage(rooms::list);
    }
}
