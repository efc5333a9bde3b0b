package io.adaos.hub.projection.status.edge;

import io.adaos.hub.contracts.error.HubErrorCode;
import io.adaos.hub.contracts.error.HubException;
import io.adaos.hub.contracts.id.WebspaceId;
import io.adaos.hub.contracts.status.WebspaceStatus;
import io.adaos.hub.projection.gateway.SessionDirectory;
import io.adaos.hub.projection.gateway.http.HttpAnswers;
import io.adaos.hub.projection.governance.WriteGovernor;
import io.adaos.hub.projection.governance.direct.RefusedClients;
import io.adaos.hub.projection.governance.edge.SteadyClock;
import io.adaos.hub.projection.room.RoomDirectory;
import io.adaos.hub.projection.room.WebspaceRoom;
import io.adaos.hub.projection.room.fact.SnapshotFallbacks;
import io.adaos.hub.projection.status.ConnectivityTracker;
import io.adaos.hub.projection.status.PressureReporter;
import io.adaos.hub.projection.status.StateSyncTracker;
import io.adaos.hub.projection.status.StateSyncTracker.Moment;
import io.adaos.hub.projection.status.StatusReading;
import io.adaos.hub.projection.ystore.lease.NotOwnerException;
import io.smallrye.mutiny.Uni;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.jboss.logging.Logger;

/** Reads the three contracts off what runs in this process. */
@Singleton
public final class StatusService {

    private static final Logger LOG = Logger.getLogger(StatusService.class);

    /** A room that does not open in this time cannot be opened. */
    private static final Duration OPEN_WAIT = Duration.ofSeconds(2);

    private final RoomDirectory rooms;
    private final SessionDirectory sessions;
    private final Pressure pressure;
    private final StatusSources sources;
    private final ConnectivityTracker actors;
    private final SnapshotFallbacks fallbacks;
    private final StateSyncTracker tracker = new StateSyncTracker();

    /** Who presses on the documents, and whose updates are discarded. */
    @Singleton
    record Pressure(WriteGovernor governor, RefusedClients refused, SteadyClock clock) {
    }

    StatusService(RoomDirectory rooms, SessionDirectory sessions, Pressure pressure,
            StatusSources sources, ConnectivityTracker actors, SnapshotFallbacks fallbacks) {
        this.rooms = rooms;
        this.sessions = sessions;
        this.pressure = pressure;
        this.sources = sources;
        this.actors = actors;
        this.fallbacks = fallbacks;
    }

    /**
     * The status of a webspace, whose room is opened for it; one that cannot be opened says so.
     * Fails with 404 when there is no such webspace, and 503 where another replica owns it.
     */
    public Uni<WebspaceStatus> status(WebspaceId webspace) {
        return Uni.createFrom().completionStage(() -> rooms.room(webspace))
                .ifNoItem().after(OPEN_WAIT).fail()
                .map(room -> read().of(webspace, Optional.of(room.orElseThrow(() ->
                        new HubException(HubErrorCode.WEBSPACE_UNKNOWN,
                                "There is no webspace '" + webspace + "'")).facts())))
                .onFailure(failure -> !(failure instanceof HubException)
                        && NotOwnerException.in(failure).isEmpty())
                .recoverWithItem(failure -> {
                    LOG.debugf("event=room_not_open webspaceId=%s cause=%s", webspace, failure);
                    return read().of(webspace, rooms.live(webspace).map(WebspaceRoom::facts));
                })
                .onFailure().transform(HttpAnswers::refusal);
    }

    /** The status of every room that is live; none is opened for it. */
    public List<WebspaceStatus> live() {
        StatusReading reading = read();
        return rooms.live().stream()
                .map(room -> reading.of(room.webspace(), Optional.of(room.facts()))).toList();
    }

    /** All that is known now. */
    StatusReading read() {
        Moment now = new Moment(System.nanoTime(), System.currentTimeMillis());
        return new StatusReading(
                new StatusReading.Hub(now, sources.read(), actors.actors(StatusReading.millis(now)),
                        pressure.refused().rows(), fallbacks.total()),
                sessions.sessions(),
                PressureReporter.report(pressure.governor().rows(pressure.clock().millis())),
                tracker);
    }
}
