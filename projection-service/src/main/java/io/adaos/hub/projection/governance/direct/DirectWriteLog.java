package io.adaos.hub.projection.governance.direct;

import io.adaos.hub.projection.governance.direct.DirectWriteRow.WrittenPath;
import io.adaos.hub.projection.governance.evidence.OwnerKey;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * What skills wrote by raw updates since the process began, for the migration report. Safe for use
 * by any thread.
 */
public final class DirectWriteLog {

    private static final int OWNERS_MAX = 256;
    private static final int PATHS_MAX = 64;
    private static final int SEGMENTS_MAX = 5;
    private static final int PATH_CHARS_MAX = 300;

    private final Map<OwnerKey, Written> written = new HashMap<>();
    private long dropped;

    /**
     * A raw update of a skill.
     *
     * @param touched all paths it touches
     * @param isRefused whether it was refused for them
     */
    public record Update(
            OwnerKey key, Collection<List<String>> touched, long bytes, boolean isRefused) {
    }

    /** Notes an update. */
    public synchronized void note(Update update, long now) {
        Written row = written.get(update.key());
        if (row == null && written.size() >= OWNERS_MAX) {
            dropped++;
            return;
        }
        if (row == null) {
            row = new Written(now);
            written.put(update.key(), row);
        }
        row.note(update, now);
    }

    /** One row per skill and webspace, those that wrote most first. */
    public synchronized List<DirectWriteRow> rows() {
        List<DirectWriteRow> rows = new ArrayList<>();
        written.forEach((key, row) -> rows.add(row.row(key)));
        rows.sort(Comparator.comparingLong(DirectWriteRow::writes).reversed()
                .thenComparing(row -> row.owner().value())
                .thenComparing(DirectWriteRow::webspaceId));
        return rows;
    }

    /** Updates of skills that found no place. */
    public synchronized long dropped() {
        return dropped;
    }

    /** One skill in one webspace. */
    private static final class Written {
        private final Map<String, WrittenPath> paths = new HashMap<>();
        private final long firstAt;
        private long lastAt;
        private long writes;
        private long refused;
        private long bytes;
        private long largest;
        private long pathsDropped;

        Written(long now) {
            firstAt = now;
        }

        void note(Update update, long now) {
            lastAt = now;
            writes++;
            refused += update.isRefused() ? 1 : 0;
            bytes += update.bytes();
            largest = Math.max(largest, update.bytes());
            Set<String> places = new LinkedHashSet<>();
            update.touched().forEach(path -> places.add(place(path)));
            for (String place : places) {
                if (paths.containsKey(place) || paths.size() < PATHS_MAX) {
                    long share = update.bytes() / places.size();
                    paths.merge(place, new WrittenPath(place, 1, share, share),
                            (old, one) -> new WrittenPath(place, old.writes() + 1,
                                    old.bytes() + share,
                                    Math.max(old.largestBytes(), share)));
                } else {
                    pathsDropped++;
                }
            }
        }

        DirectWriteRow row(OwnerKey key) {
            List<WrittenPath> sorted = new ArrayList<>(paths.values());
            sorted.sort(Comparator.comparingLong(WrittenPath::writes).reversed()
                    .thenComparing(WrittenPath::path));
            return new DirectWriteRow(key.webspaceId(), key.owner(), writes, refused, bytes,
                    largest, firstAt, lastAt, List.copyOf(sorted), pathsDropped,
                    SuggestedProjection.of(sorted));
        }

        private static String place(List<String> path) {
            StringBuilder place = new StringBuilder();
            for (String segment : path.subList(0, Math.min(SEGMENTS_MAX, path.size()))) {
                place.append(place.length() == 0 ? "" : "/")
                        .append(segment.replace("~", "~0").replace("/", "~1"));
            }
            return place.substring(0, Math.min(PATH_CHARS_MAX, place.length()));
        }
    }
}
