package io.adaos.hub.projection.stream.market;

import com.fasterxml.jackson.annotation.JsonInclude;
import io.adaos.hub.runtime.outbox.Freshness;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * What has changed in one source since listeners were told last; the first change is told at once,
 * further ones together. Not safe for many threads.
 */
final class ChangeBatch {

    private static final int CHANGES_MAX = 256;

    /** Two sources tell on one topic, so both together tell five times a second. */
    private static final long INTERVAL_MILLIS = 400;

    private final String source;
    private final Map<String, Change> changes = new LinkedHashMap<>();
    private boolean reload;
    private boolean waiting;
    private boolean asked;
    private long nextAtMillis = Long.MIN_VALUE / 2;

    ChangeBatch(String source) {
        this.source = source;
    }

    /** An artifact that is otherwise than before. */
    @JsonInclude(JsonInclude.Include.NON_NULL)
    record Change(String id, long revision, String correlationId) {
    }

    /** Where a source is. */
    record Position(String epoch, long sequence, Freshness state) {
    }

    /**
     * What listeners are told; the shape is in {@code docs/streams.md}.
     *
     * @param reload true when anything may have changed; else null
     */
    @JsonInclude(JsonInclude.Include.NON_NULL)
    record Told(String source, String epoch, long sequence, Freshness state,
            List<Change> changed, Boolean reload) {

        /** The same for those who did not hear what was told before. */
        Told toNewcomers() {
            return new Told(source, epoch, sequence, state, List.of(), true);
        }
    }

    /** This has changed. */
    void add(Change change) {
        waiting = true;
        if (!reload) {
            changes.put(change.id(), change);
            if (changes.size() > CHANGES_MAX) {
                reloadAll();
            }
        }
    }

    /** Anything may have changed. */
    void reloadAll() {
        waiting = true;
        reload = true;
        changes.clear();
    }

    /** Whether listeners may be told now. */
    boolean isDue(long nowMillis) {
        return waiting && nowMillis >= nextAtMillis;
    }

    /** After what time listeners should be told; empty when nothing waits, or this was asked. */
    Optional<Long> ask(long nowMillis) {
        if (!waiting || asked) {
            return Optional.empty();
        }
        asked = true;
        return Optional.of(Math.max(1, nextAtMillis - nowMillis));
    }

    /** What listeners are told now; what comes from now on is told later. */
    Told take(Position position, long nowMillis) {
        Told told = new Told(source, position.epoch(), position.sequence(), position.state(),
                List.copyOf(changes.values()), reload ? true : null);
        changes.clear();
        reload = false;
        waiting = false;
        asked = false;
        nextAtMillis = nowMillis + INTERVAL_MILLIS;
        return told;
    }
}
