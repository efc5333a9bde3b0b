package io.adaos.hub.projection.status.edge;

import io.adaos.hub.contracts.id.WebspaceId;
import io.adaos.hub.contracts.status.WebspaceStatus;
import io.adaos.hub.projection.room.RoomDirectory;
import io.adaos.hub.projection.room.WebspaceRoom;
import io.adaos.hub.projection.status.StatusChanges;
import io.adaos.hub.projection.status.StatusReading;
import io.quarkus.scheduler.Scheduled;
import jakarta.inject.Singleton;
import java.util.HashSet;
import java.util.Optional;
import java.util.Set;

/** Once a second: reads the contracts of all live rooms, and tells and shows what changed. */
@Singleton
class StatusJob {

    private final RoomDirectory rooms;
    private final StatusService statuses;
    private final NatsStatusPublisher publisher;
    private final DocumentStatusService documents;
    private final StatusChanges changes = new StatusChanges();

    StatusJob(RoomDirectory rooms, StatusService statuses, NatsStatusPublisher publisher,
            DocumentStatusService documents) {
        this.rooms = rooms;
        this.statuses = statuses;
        this.publisher = publisher;
        this.documents = documents;
    }

    @Scheduled(every = "1s", concurrentExecution = Scheduled.ConcurrentExecution.SKIP)
    void run() {
        StatusReading reading = statuses.read();
        Set<WebspaceId> live = new HashSet<>();
        for (WebspaceRoom room : rooms.live()) {
            live.add(room.webspace());
            WebspaceStatus status = reading.of(room.webspace(), Optional.of(room.facts()));
            changes.of(status).forEach(change -> publisher.publish(room.webspace(), change));
            documents.show(room, status);
        }
        changes.retain(live);
        documents.retain(live);
    }
}
