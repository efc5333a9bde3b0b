package io.adaos.hub.projection.status;

import io.adaos.hub.contracts.id.WebspaceId;
import io.adaos.hub.contracts.status.Connectivity;
import io.adaos.hub.contracts.status.EpochSeconds;
import io.adaos.hub.contracts.status.StateSync;
import io.adaos.hub.contracts.status.WebspaceStatus;
import io.adaos.hub.contracts.status.YjsPressure;
import io.adaos.hub.projection.gateway.SessionDirectory.Session;
import io.adaos.hub.projection.governance.direct.RefusedClient;
import io.adaos.hub.projection.room.fact.Publications;
import io.adaos.hub.projection.room.fact.RoomFacts;
import io.adaos.hub.projection.status.StateSyncTracker.Moment;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;

/** All that is known at one moment, and the status of any webspace made of it. */
public final class StatusReading {

    /** Of so many sockets each is listed; the counts are of all. */
    private static final int SESSIONS_LISTED_MAX = 200;
    private static final int REFUSED_LISTED_MAX = 20;

    private static final WebspaceStatus.Sessions NO_SESSIONS =
            new WebspaceStatus.Sessions(0, 0, 0, 0, 0);

    /** What is the same for all webspaces. */
    public record Hub(Moment now, List<SourceFacts> sources, List<Connectivity> actors,
            List<RefusedClient> refused, long snapshotFallbackTotal) {
    }

    private final Hub hub;
    private final Map<WebspaceId, List<Session>> sessions;
    private final Map<WebspaceId, List<YjsPressure>> pressure;
    private final StateSyncTracker tracker;

    public StatusReading(Hub hub, Map<WebspaceId, List<Session>> sessions,
            Map<WebspaceId, List<YjsPressure>> pressure, StateSyncTracker tracker) {
        this.hub = hub;
        this.sessions = sessions;
        this.pressure = pressure;
        this.tracker = tracker;
    }

    /** When it was made. */
    public Moment now() {
        return hub.now();
    }

    /** The status of a webspace; without a room it cannot be opened. */
    public WebspaceStatus of(WebspaceId webspace, Optional<RoomFacts> room) {
        List<Session> here = room.isEmpty() ? List.of()
                : sessions.getOrDefault(webspace, List.of());
        Optional<SessionReview> review = room.map(facts ->
                SessionReview.of(here, facts.publications(), hub.now().nanos()));
        List<Connectivity> links = new ArrayList<>(hub.actors());
        room.ifPresent(facts -> here.stream()
                .map(one -> SessionReview.connectivity(
                        one, facts.publications(), hub.now().nanos()))
                .sorted((one, other) -> other.blockers().size() - one.blockers().size())
                .limit(SESSIONS_LISTED_MAX).forEach(links::add));
        StateSync sync = tracker.judge(new StateSyncTracker.Input(webspace, room,
                webspace.equals(WebspaceId.DESKTOP), hub.sources(), review,
                refused(webspace)), hub.now());
        return new WebspaceStatus(webspace, EpochSeconds.ofMillis(hub.now().epochMillis()),
                links, sync, pressure.getOrDefault(webspace, List.of()),
                new WebspaceStatus.Evidence(
                        room.map(RoomFacts::publications).map(Publications::newest).orElse(null),
                        hub.sources().stream().map(SourceFacts::evidence).toList(),
                        review.map(SessionReview::sessions).orElse(NO_SESSIONS),
                        room(room), hub.snapshotFallbackTotal()));
    }

    private static WebspaceStatus.Room room(Optional<RoomFacts> room) {
        return new WebspaceStatus.Room(room.isPresent(),
                room.filter(facts -> facts.health().logAvailable()).isPresent(),
                room.map(facts -> facts.health().blockers()).orElse(List.of()));
    }

    private List<Long> refused(WebspaceId webspace) {
        return hub.refused().stream()
                .filter(client -> client.webspaceId().equals(webspace.value()))
                .map(RefusedClient::clientId).limit(REFUSED_LISTED_MAX).toList();
    }

    /** Milliseconds of the clock that does not fall. */
    public static long millis(Moment moment) {
        return TimeUnit.NANOSECONDS.toMillis(moment.nanos());
    }
}
