package io.adaos.hub.projection.room;

import io.adaos.hub.projection.crdt.Doc;
import io.adaos.hub.projection.crdt.codec.MalformedUpdateException;
import io.adaos.hub.projection.room.branch.RoomDocs;
import io.adaos.hub.projection.ystore.ClientIds;
import io.adaos.hub.projection.ystore.Lease;
import io.adaos.hub.projection.ystore.LogRow;
import io.adaos.hub.projection.ystore.RecoveredDoc;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;

/**
 * A document as it came from the store.
 *
 * @param pastIds ids under which only the server wrote, before this lease
 * @param generation the newest ever given out
 * @param damage what was intact in the store and still is no update of this document
 */
record LoadedDoc(
        Lease lease,
        Doc doc,
        Set<Long> pastIds,
        DurableCopy durable,
        long generation,
        Optional<RecoveredDoc.Damage> damage) {

    private static final String SOURCE = "core:recovery";

    /** Applies snapshot and log; stops at the first that cannot be applied. */
    static LoadedDoc of(RecoveredDoc recovered) {
        Lease lease = recovered.lease();
        Doc doc = RoomDocs.empty(lease.clientId());
        DurableCopy durable = new DurableCopy(new byte[0]);
        Optional<RecoveredDoc.Damage> damage = Optional.empty();
        long reached = 0;
        try {
            if (recovered.snapshot().isPresent()) {
                byte[] state = recovered.snapshot().get().payload();
                doc.restore(state, SOURCE);
                durable.rebase(state, 0);
            }
            for (LogRow row : recovered.rows()) {
                reached = row.generation();
                doc.restore(row.payload(), SOURCE);
                durable.add(row.payload());
            }
        } catch (MalformedUpdateException e) {
            damage = Optional.of(reached > 0
                    ? new RecoveredDoc.Damage(false, reached)
                    : new RecoveredDoc.Damage(true, 0));
        }
        doc.useKeyClients(lease.clientId() + 1, lease.clientIds().last());
        return new LoadedDoc(lease, doc, pastIds(doc, recovered.serverIds()), durable,
                recovered.generation(), damage);
    }

    private static Set<Long> pastIds(Doc doc, List<ClientIds> serverIds) {
        TreeMap<Long, ClientIds> runs = new TreeMap<>();
        serverIds.forEach(run -> runs.put(run.first(), run));
        return doc.stateVector().entries().keySet().stream().filter(id -> {
            Map.Entry<Long, ClientIds> run = runs.floorEntry(id);
            return run != null && run.getValue().contains(id);
        }).collect(Collectors.toUnmodifiableSet());
    }
}
