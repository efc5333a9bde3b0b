package io.adaos.hub.projection.governance.pressure;

import java.util.LinkedHashMap;
import java.util.Map;

/**
 * Notices an owner that sends the same large value again and again, or the same two in turn. Not
 * safe for use by several threads.
 */
public final class ReseedWatch {

    /*
     * Notes.
     *
     * Per path the two last values by their fingerprints and the moments of the last ten repeats
     * (the same value again) and of the last ten switches (between the same two). The pattern lasts
     * while ten of them lie within a minute and the newest is at most 8 s old: ten a minute are 6 s
     * apart, and who stops is free within ten seconds instead of after a minute. At most 64 paths
     * are watched, those written last.
     */

    static final int BYTES_MIN = 4_096;
    static final int TIMES = 10;
    static final long WITHIN_MILLIS = 60_000;
    static final long QUIET_MILLIS = 8_000;
    private static final int PATHS_MAX = 64;
    private static final int LAST_COUNT = 2 * TIMES;

    private final Map<String, Track> tracks = new LinkedHashMap<>(16, 0.75f, true) {
        private static final long serialVersionUID = 1L;

        @Override
        protected boolean removeEldestEntry(Map.Entry<String, Track> eldest) {
            return size() > PATHS_MAX;
        }
    };
    private long until = Long.MIN_VALUE;

    /**
     * Sees a value.
     *
     * @param fingerprint hash of the value; 0 for a scalar, which never counts
     */
    public void see(String path, long fingerprint, long bytes, long now) {
        if (fingerprint == 0) {
            tracks.remove(path);
            return;
        }
        Track track = tracks.get(path);
        if (track == null && bytes >= BYTES_MIN) {
            track = new Track();
            tracks.put(path, track);
        }
        if (track != null && track.see(fingerprint, bytes, now)) {
            until = now + QUIET_MILLIS;
        }
    }

    /** Whether the pattern goes on. */
    public boolean lasts(long now) {
        return now < until;
    }

    /** When it ends, if it is not kept up. */
    public long endsAt() {
        return until;
    }

    /** One path. */
    private static final class Track {
        private final Moments repeats = new Moments();
        private final Moments switches = new Moments();
        private long last;
        private long lastBytes;
        private long before;
        private long beforeBytes;

        /** Whether the pattern is there with this value. */
        boolean see(long fingerprint, long bytes, long now) {
            if (fingerprint == last) {
                return bytes >= BYTES_MIN && repeats.add(now);
            }
            boolean known = fingerprint == before;
            before = last;
            beforeBytes = lastBytes;
            last = fingerprint;
            lastBytes = bytes;
            repeats.clear();
            if (!known) {
                switches.clear();
            }
            return before != 0 && Math.max(bytes, beforeBytes) >= BYTES_MIN && switches.add(now);
        }
    }

    /** The last ten moments of something. */
    private static final class Moments {
        private final long[] at = new long[TIMES];
        private int count;

        /** Whether there are ten within a minute now. */
        boolean add(long now) {
            at[count % TIMES] = now;
            count = count + 1 == LAST_COUNT ? TIMES : count + 1;
            return count >= TIMES && now - at[count % TIMES] < WITHIN_MILLIS;
        }

        void clear() {
            count = 0;
        }
    }
}
