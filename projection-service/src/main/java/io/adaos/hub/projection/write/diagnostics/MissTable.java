package io.adaos.hub.projection.write.diagnostics;

import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.BinaryOperator;

/**
 * Rows of what went wrong, at most so many; a new one takes the place of the one that has been
 * silent longest. Safe for use by any thread.
 */
final class MissTable<K, R> {

    private static final int ROWS_MAX = 256;

    /** A row, and when it was last told on each of its ways. */
    private static final class Told<R> {
        private R row;
        private long eventAt = Long.MIN_VALUE;
        private long lineAt = Long.MIN_VALUE;
    }

    /** What is to be told of a row now. */
    record Noted<R>(R row, boolean isEventDue, boolean isLineDue) {
    }

    private static final long EVENT_MILLIS = 1_000;
    private static final long LINE_MILLIS = 60_000;

    private final BinaryOperator<R> sum;
    private final Map<K, Told<R>> rows = new LinkedHashMap<>(16, 0.75f, true);
    private long evicted;

    /** @param sum a newer row and the one before as one */
    MissTable(BinaryOperator<R> sum) {
        this.sum = sum;
    }

    /** Adds to a row; an event is due once a second, a line of the log once a minute. */
    synchronized Noted<R> note(K key, R row, long now) {
        Told<R> told = rows.get(key);
        if (told == null) {
            told = new Told<>();
            rows.put(key, told);
            if (rows.size() > ROWS_MAX) {
                rows.remove(rows.keySet().iterator().next());
                evicted++;
            }
        }
        told.row = told.row == null ? row : sum.apply(row, told.row);
        boolean isEventDue = isDue(told.eventAt, EVENT_MILLIS, now);
        boolean isLineDue = isDue(told.lineAt, LINE_MILLIS, now);
        told.eventAt = isEventDue ? now : told.eventAt;
        told.lineAt = isLineDue ? now : told.lineAt;
        return new Noted<>(told.row, isEventDue, isLineDue);
    }

    /** All rows, the newest first. */
    synchronized List<R> rows() {
        List<R> all = new ArrayList<>();
        rows.values().forEach(told -> all.add(told.row));
        Collections.reverse(all);
        return all;
    }

    /** Rows that had to go. */
    synchronized long evicted() {
        return evicted;
    }

    private static boolean isDue(long last, long every, long now) {
        return last == Long.MIN_VALUE || now - last >= every;
    }
}
