package io.adaos.hub.projection.governance;

import io.adaos.hub.projection.governance.evidence.WriteAttempt;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The newest value of each path of one owner that waits to be written, the path that waits longest
 * first. Not safe for use by several threads.
 */
final class PendingTable {

    /** A slot's value, and how many writes it stands for. */
    record Entry(WriteAttempt attempt, PendingValue value, int writes, long bytes) {

        private boolean isRaw() {
            return value instanceof RawUpdates;
        }

        private String slot() {
            return attempt.slot();
        }
    }

    /** What became of a value that was offered. */
    enum Offered {
        /** It waits. */
        ADDED,
        /** It waits, and stands for the older ones too. */
        JOINED,
        /** It waits in place of an older one. */
        REPLACED,
        /** There is no room for it. */
        REFUSED
    }

    private Map<String, Entry> slots = new LinkedHashMap<>();
    private long bytes;
    private int paths;

    boolean isEmpty() {
        return slots.isEmpty();
    }

    int size() {
        return slots.size();
    }

    long bytes() {
        return bytes;
    }

    /** The entry of a slot. */
    Optional<Entry> get(String slot) {
        return Optional.ofNullable(slots.get(slot));
    }

    /** Takes a value in unless a bound would be passed; a path keeps its place in the order. */
    Offered offer(WriteAttempt attempt, PendingValue value) {
        Entry older = slots.get(attempt.slot());
        Entry entry = combined(older, new Entry(attempt, value, 1, value.bytes()));
        if (!fits(entry, older)) {
            return Offered.REFUSED;
        }
        put(entry, older);
        if (older == null) {
            return Offered.ADDED;
        }
        return entry.isRaw() ? Offered.JOINED : Offered.REPLACED;
    }

    /** Takes out the oldest, and then more while their bytes stay within the limit. */
    List<Entry> take(long bytesMax) {
        List<Entry> taken = new ArrayList<>();
        long sum = 0;
        Iterator<Entry> oldest = slots.values().iterator();
        while (oldest.hasNext()) {
            Entry entry = oldest.next();
            sum += entry.bytes();
            if (!taken.isEmpty() && sum > bytesMax) {
                break;
            }
            taken.add(entry);
            oldest.remove();
            uncount(entry);
        }
        return taken;
    }

    /** Puts back what could not be written, as the oldest; gives those a newer one replaced. */
    List<Entry> putBack(List<Entry> entries) {
        Map<String, Entry> newer = slots;
        slots = new LinkedHashMap<>();
        bytes = 0;
        paths = 0;
        List<Entry> replaced = new ArrayList<>();
        for (Entry entry : entries) {
            Entry late = newer.remove(entry.slot());
            if (late != null && !late.isRaw()) {
                replaced.add(entry);
            }
            put(late == null ? entry : combined(entry, late), null);
        }
        newer.values().forEach(entry -> put(entry, null));
        return replaced;
    }

    private static Entry combined(Entry older, Entry newer) {
        if (older == null) {
            return newer;
        }
        PendingValue value = newer.value().over(older.value());
        int writes = newer.isRaw() ? older.writes() + newer.writes() : newer.writes();
        return new Entry(newer.attempt(), value, writes, value.bytes());
    }

    private boolean fits(Entry entry, Entry older) {
        if (entry.isRaw()) {
            int connections = slots.size() - paths + (older == null ? 1 : 0);
            return entry.writes() <= GovernanceSettings.PENDING_MAX
                    && entry.bytes() <= GovernanceSettings.PENDING_BYTES_MAX
                    && connections <= GovernanceSettings.PENDING_MAX;
        }
        long rest = older == null ? bytes : bytes - older.bytes();
        int others = older == null ? paths : paths - 1;
        return others < GovernanceSettings.PENDING_MAX
                && rest + entry.bytes() <= GovernanceSettings.PENDING_BYTES_MAX;
    }

    private void put(Entry entry, Entry older) {
        if (older != null) {
            uncount(older);
        }
        slots.put(entry.slot(), entry);
        if (!entry.isRaw()) {
            bytes += entry.bytes();
            paths++;
        }
    }

    private void uncount(Entry entry) {
        if (!entry.isRaw()) {
            bytes -= entry.bytes();
            paths--;
        }
    }
}
