package io.adaos.hub.projection.governance;

import java.util.ArrayList;
import java.util.List;

/**
 * Raw updates of one connection that wait, oldest first, to be merged and applied as one.
 *
 * @param updates must not be changed
 */
public record RawUpdates(List<byte[]> updates) implements PendingValue {

    public RawUpdates {
        updates = List.copyOf(updates);
    }

    /** One update. */
    public static RawUpdates of(byte[] update) {
        return new RawUpdates(List.of(update));
    }

    @Override
    public long bytes() {
        return updates.stream().mapToLong(update -> update.length).sum();
    }

    /** Nothing of the older ones is lost. */
    @Override
    public PendingValue over(PendingValue older) {
        List<byte[]> all = new ArrayList<>(((RawUpdates) older).updates());
        all.addAll(updates);
        return new RawUpdates(all);
    }
}
