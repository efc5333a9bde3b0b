package io.adaos.hub.projection.room.upkeep;

import io.adaos.hub.contracts.id.WebspaceId;
import io.adaos.hub.projection.room.lease.Tenure;
import io.adaos.hub.projection.ystore.Lease;
import io.adaos.hub.projection.ystore.RecoveredDoc;
import io.adaos.hub.projection.ystore.WebspaceStore;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/**
 * What this process knows of rooms that sleep: under which client ids they wrote, so that one that
 * wakes goes on under them. Otherwise every sleep would leave ids in the document, for ever.
 */
public final class SleepMemory {

    /*
     * Notes on going on.
     *
     * That is right only when nobody has written since, under these ids or others: the next epoch
     * must be the one right after, and the log must end where it ended. A store that came back
     * from a backup shows another end, and a room that ended in any other way is not remembered.
     */

    private record Slept(Lease lease, long generation) {
    }

    private final Map<WebspaceId, Slept> rooms = new ConcurrentHashMap<>();

    /** A room fell asleep; everything it wrote is in the log up to this generation. */
    public void keep(Lease lease, long generation) {
        rooms.put(lease.webspace(), new Slept(lease, generation));
    }

    /** What was read, for a writer that goes on when it may, else for a new one. */
    public RecoveredDoc awake(
            Tenure tenure, RecoveredDoc recovered, WebspaceStore store) {
        Lease fresh = tenure.lease();
        Slept slept = rooms.remove(fresh.webspace());
        boolean goesOn = slept != null && recovered.damage().isEmpty()
                && slept.lease().epoch() + 1 == fresh.epoch()
                && slept.generation() == recovered.generation();
        if (!goesOn) {
            return recovered;
        }
        store.unused(fresh.webspace(), fresh.clientIds());
        return recovered.under(new Lease(fresh.webspace(), fresh.epoch(),
                slept.lease().clientId(), fresh.generationFloor()));
    }
}
