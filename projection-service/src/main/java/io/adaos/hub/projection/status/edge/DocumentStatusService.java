package io.adaos.hub.projection.status.edge;

import io.adaos.hub.contracts.id.OwnerId;
import io.adaos.hub.contracts.id.WebspaceId;
import io.adaos.hub.contracts.status.StateSync.FirstSync;
import io.adaos.hub.contracts.status.WebspaceStatus;
import io.adaos.hub.projection.governance.evidence.WriteCause;
import io.adaos.hub.projection.room.WebspaceRoom;
import io.adaos.hub.projection.room.fact.Publications;
import io.adaos.hub.projection.status.ConnectivityTracker;
import io.adaos.hub.projection.status.view.DerivedViews;
import io.adaos.hub.projection.status.view.HubContracts;
import io.adaos.hub.projection.status.view.KnownActors;
import io.adaos.hub.projection.write.CoreWrite;
import io.adaos.hub.projection.write.ProjectionService;
import io.adaos.hub.projection.write.ProjectionWrite;
import io.adaos.hub.projection.write.WriteReceipt;
import jakarta.inject.Singleton;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import org.jboss.logging.Logger;

/** Shows the words of the three contracts in documents, as {@code runtime/status}. */
@Singleton
final class DocumentStatusService {

    /*
     * Notes on what adds no generation.
     *
     * A room is left alone until its first sync is over, so the words of a start never get in, and
     * a document that nobody wrote to stays empty. Words have to be the same twice in a row. What
     * they replace is compared leaf by leaf, so after a restart the first write changes nothing.
     * Nodes that a document names and that were not heard since the start are remembered from
     * there, else a restart would take them out and put them in again.
     */

    private static final Logger LOG = Logger.getLogger(DocumentStatusService.class);
    private static final OwnerId OWNER = new OwnerId("core:status");
    private static final List<String> PATH = List.of("runtime", "status");

    /**
     * How far a room's document is.
     *
     * @param room tells one life of the room from the next
     */
    private record Shown(Publications room, Map<String, Object> seen, boolean written,
            boolean writing) {
    }

    private final StatusConfig config;
    private final ConnectivityTracker actors;
    private final ProjectionService projections;
    private final Map<WebspaceId, Shown> shown = new ConcurrentHashMap<>();
    private volatile boolean recalled;
    private volatile boolean recalling;

    DocumentStatusService(StatusConfig config, ConnectivityTracker actors,
            ProjectionService projections) {
        this.config = config;
        this.actors = actors;
        this.projections = projections;
    }

    /** Writes the words of a status when they are new and hold. */
    void show(WebspaceRoom room, WebspaceStatus status) {
        if (!config.document() || status.stateSync().firstSyncState() == FirstSync.PENDING) {
            return;
        }
        Publications life = room.facts().publications();
        if (!recalled) {
            recall(room);
        } else if (life.newest() > 0) {
            show(status, life);
        }
    }

    /** Forgets all webspaces but these. */
    void retain(Set<WebspaceId> live) {
        shown.keySet().retainAll(live);
    }

    private void show(WebspaceStatus status, Publications life) {
        Map<String, Object> words = DerivedViews.document(new HubContracts(
                status.connectivity(), status.stateSync(), status.yjsPressure()));
        Shown before = shown.get(status.webspaceId());
        if (before == null || before.room() != life || !before.seen().equals(words)) {
            boolean writing = before != null && before.room() == life && before.writing();
            shown.put(status.webspaceId(), new Shown(life, words, false, writing));
        } else if (!before.written() && !before.writing()) {
            shown.put(status.webspaceId(), new Shown(life, words, false, true));
            write(status.webspaceId(), life, words);
        }
    }

    private void write(WebspaceId webspace, Publications life, Map<String, Object> words) {
        projections.write(new CoreWrite(webspace, OWNER, WriteCause.CORE_REBUILD,
                        List.of(new ProjectionWrite.Put(PATH, words))))
                .subscribe().with(receipt -> ended(webspace, life, words,
                                !(receipt instanceof WriteReceipt.Refused)),
                        failure -> {
                            LOG.warnf("event=status_not_shown webspaceId=%s cause=%s",
                                    webspace, failure);
                            ended(webspace, life, words, false);
                        });
    }

    private void ended(WebspaceId webspace, Publications life, Map<String, Object> words,
            boolean written) {
        shown.computeIfPresent(webspace, (id, now) -> now.room() != life ? now
                : new Shown(life, now.seen(), written && now.seen().equals(words), false));
    }

    /** The webspace that always exists names all nodes that any document names. */
    private void recall(WebspaceRoom room) {
        if (recalling || !room.webspace().equals(WebspaceId.DESKTOP)) {
            return;
        }
        recalling = true;
        room.state().whenComplete((state, failure) -> {
            if (failure == null) {
                long now = TimeUnit.NANOSECONDS.toMillis(System.nanoTime());
                KnownActors.in(state.document()).forEach(known -> actors.recall(known, now));
                recalled = true;
            }
            recalling = false;
        });
    }
}
