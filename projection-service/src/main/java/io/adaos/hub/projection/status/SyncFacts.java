package io.adaos.hub.projection.status;

import io.adaos.hub.contracts.id.WebspaceId;
import io.adaos.hub.contracts.status.StateSync.Freshness;
import io.adaos.hub.projection.room.fact.RoomFacts;
import java.util.List;
import java.util.Optional;

/**
 * All that state sync is judged by, at one moment.
 *
 * @param room empty when it cannot be opened
 * @param mustBeFilled the hub's own branches have to be in the document
 * @param sessions the worst of those that are not behind; fresh when there are none
 * @param waitedMs since the room was opened, or somebody first asked for one that is not
 * @param logAwayMs since when the log takes nothing; 0 while it does
 * @param refusedClients Yjs clients whose updates are discarded
 */
record SyncFacts(
        WebspaceId webspace,
        Optional<RoomFacts> room,
        boolean mustBeFilled,
        List<SourceFacts> sources,
        Freshness sessions,
        long waitedMs,
        long logAwayMs,
        List<Long> refusedClients) {

    SyncFacts {
        sources = List.copyOf(sources);
        refusedClients = List.copyOf(refusedClients);
    }
}
