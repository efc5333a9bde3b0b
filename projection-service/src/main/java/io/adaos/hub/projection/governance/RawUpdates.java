package io.adaos.hub.projection.governance;

import java.util.ArrayList;
import java.util.List;

/**
 * Raw updates of one connection that wait, oldest first, to be merged and applied as one.
 *
 * @param updates must not be changed
 * @param sender hears what became of them
 */
public record RawUpdates(List<byte[]> updates, Sender sender) implements PendingValue {

    /** The connection they came over, which may be gone by now. */
    public interface Sender {
    }

    public RawUpdates {
        updates = List.copyOf(updates);
    }

    /** One update. */
    public static RawUpdates of(byte[] update, Sender sender) {
        return new RawUpdates(List.of(update), sender);
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
        return new RawUpdates(all, sender);
    }
}
