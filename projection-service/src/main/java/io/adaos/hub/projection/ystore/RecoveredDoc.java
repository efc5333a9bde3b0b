package io.adaos.hub.projection.ystore;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * What the store knows of a document, up to the last good byte: applying the snapshot and then the
 * rows gives the document.
 *
 * @param serverIds replica numbers of the server's writers, past and present
 * @param rows intact log rows after the snapshot, oldest first
 * @param generation the newest generation ever given out, usable or not
 * @param damage what could not be used, if anything
 */
public record RecoveredDoc(
        Lease lease,
        List<ClientIds> serverIds,
        Optional<DocSnapshot> snapshot,
        List<LogRow> rows,
        long generation,
        Optional<Damage> damage) {

    /**
     * The part of the store that cannot be used.
     *
     * @param snapshot the snapshot itself is bad, so nothing after it can be used either
     * @param fromGeneration log rows from here on
     */
    public record Damage(boolean snapshot, long fromGeneration) {
    }

    public RecoveredDoc {
        serverIds = List.copyOf(serverIds);
        rows = List.copyOf(rows);
    }

    /** The same for a writer with other replica numbers. */
    public RecoveredDoc under(Lease other) {
        return new RecoveredDoc(other, serverIds, snapshot, rows, generation, damage);
    }

    /** Takes what is intact: the snapshot, then rows until the first bad one. */
    static RecoveredDoc of(Lease lease, List<ClientIds> serverIds,
            Optional<DocSnapshot> snapshot, List<LogRow> rows) {
        long newest = newestGeneration(lease, snapshot, rows);
        if (snapshot.isPresent() && !snapshot.get().isIntact()) {
            Damage all = new Damage(true, snapshot.get().generation());
            return new RecoveredDoc(
                    lease, serverIds, Optional.empty(), List.of(), newest, Optional.of(all));
        }
        List<LogRow> good = new ArrayList<>(rows.size());
        for (LogRow row : rows) {
            if (!row.isIntact()) {
                Damage rest = new Damage(false, row.generation());
                return new RecoveredDoc(
                        lease, serverIds, snapshot, good, newest, Optional.of(rest));
            }
            good.add(row);
        }
        return new RecoveredDoc(lease, serverIds, snapshot, good, newest, Optional.empty());
    }

    private static long newestGeneration(
            Lease lease, Optional<DocSnapshot> snapshot, List<LogRow> rows) {
        long newest = snapshot.map(DocSnapshot::generation).orElse(0L);
        if (!rows.isEmpty()) {
            newest = Math.max(newest, rows.get(rows.size() - 1).generation());
        }
        return Math.max(lease.generationFloor(), newest);
    }
}
