package io.adaos.hub.projection.status;

import io.adaos.hub.contracts.id.WebspaceId;
import io.adaos.hub.contracts.status.EpochSeconds;
import io.adaos.hub.contracts.status.StateSync;
import io.adaos.hub.contracts.status.StateSync.Freshness;
import io.adaos.hub.contracts.status.StateSync.Semantic;
import io.adaos.hub.contracts.status.StateSync.Transport;
import io.adaos.hub.projection.room.fact.Publications;
import io.adaos.hub.projection.room.fact.RoomFacts;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.TimeUnit;

/** Judges the state sync of webspaces, and remembers since when. Safe for use by any thread. */
public final class StateSyncTracker {

    private static final int WEBSPACES_MAX = 2_000;

    /** A moment on both clocks; only the first is measured with. */
    public record Moment(long nanos, long epochMillis) {

        EpochSeconds at(long otherNanos) {
            return EpochSeconds.ofMillis(
                    epochMillis - TimeUnit.NANOSECONDS.toMillis(nanos - otherNanos));
        }
    }

    /**
     * What is known of a webspace now.
     *
     * @param mustBeFilled the hub's own branches have to be in the document
     */
    record Input(WebspaceId webspace, Optional<RoomFacts> room, boolean mustBeFilled,
            List<SourceFacts> sources, Optional<SessionReview> review,
            List<Long> refusedClients) {
    }

    /** What is remembered of a webspace. */
    private static final class Memory {
        private long absentSince;
        private boolean absent;
        private long logAwaySince;
        private boolean logAway;
        private Optional<EpochSeconds> goodAt = Optional.empty();
        private Optional<EpochSeconds> materializedAt = Optional.empty();
    }

    private final Map<WebspaceId, Memory> memories = new LinkedHashMap<>(16, 0.75f, true) {
        private static final long serialVersionUID = 1L;

        @Override
        protected boolean removeEldestEntry(Map.Entry<WebspaceId, Memory> eldest) {
            return size() > WEBSPACES_MAX;
        }
    };

    /** The contract of a webspace at this moment. */
    synchronized StateSync judge(Input input, Moment now) {
        Memory memory = memories.computeIfAbsent(input.webspace(), id -> new Memory());
        long waitedMs = waitedMs(memory, input, now);
        long logAwayMs = logAwayMs(memory, input, now);
        OptionalLong materialized = input.review().isPresent()
                ? input.review().get().materializedNanos() : OptionalLong.empty();
        materialized.ifPresent(nanos -> memory.materializedAt = Optional.of(now.at(nanos)));
        StateSync judged = StateSyncRules.judge(new SyncFacts(input.webspace(), input.room(),
                input.mustBeFilled(), input.sources(),
                input.review().map(SessionReview::freshness).orElse(Freshness.FRESH),
                waitedMs, logAwayMs, input.refusedClients()));
        if (judged.transportState() == Transport.ATTACHED
                && judged.semanticState() == Semantic.READY
                && judged.freshnessState() == Freshness.FRESH) {
            memory.goodAt = Optional.of(now.at(now.nanos()));
        }
        return new StateSync(judged.webspaceId(), judged.transportState(),
                judged.firstSyncState(), judged.semanticState(), judged.freshnessState(),
                memory.goodAt.orElse(null), memory.materializedAt.orElse(null),
                judged.replay(), judged.fallbackMode(), judged.blockers());
    }

    private static long waitedMs(Memory memory, Input input, Moment now) {
        boolean absent = input.room().isEmpty();
        if (absent && !memory.absent) {
            memory.absentSince = now.nanos();
        }
        memory.absent = absent;
        long since = input.room().map(RoomFacts::publications).map(Publications::openedNanos)
                .orElse(memory.absentSince);
        return TimeUnit.NANOSECONDS.toMillis(now.nanos() - since);
    }

    private static long logAwayMs(Memory memory, Input input, Moment now) {
        boolean away = input.room().filter(room -> !room.health().logAvailable()).isPresent();
        if (away && !memory.logAway) {
            memory.logAwaySince = now.nanos();
        }
        memory.logAway = away;
        return away ? TimeUnit.NANOSECONDS.toMillis(now.nanos() - memory.logAwaySince) : 0;
    }
}
