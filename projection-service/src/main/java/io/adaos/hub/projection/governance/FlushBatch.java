package io.adaos.hub.projection.governance;

import io.adaos.hub.projection.governance.evidence.OwnerKey;
import io.adaos.hub.projection.governance.evidence.WriteAttempt;
import java.util.List;

/** Values of one owner whose turn it is, to be written as one batch and settled exactly once. */
public final class FlushBatch {

    /** One value: the newest write that brought it, and how many writes it stands for. */
    public record Item(WriteAttempt attempt, PendingValue value, int writes) {
    }

    final OwnerMeter meter;
    final List<PendingTable.Entry> entries;
    boolean settled;

    FlushBatch(OwnerMeter meter, List<PendingTable.Entry> entries) {
        this.meter = meter;
        this.entries = List.copyOf(entries);
    }

    public OwnerKey key() {
        return meter.key();
    }

    /** What to write, the oldest path first. */
    public List<Item> items() {
        return entries.stream()
                .map(entry -> new Item(entry.attempt(), entry.value(), entry.writes()))
                .toList();
    }
}
