package io.adaos.hub.projection.status;

import io.adaos.hub.contracts.status.StateSync;
import io.adaos.hub.contracts.status.StateSync.Fallback;
import io.adaos.hub.contracts.status.StateSync.FirstSync;
import io.adaos.hub.contracts.status.StateSync.Freshness;
import io.adaos.hub.contracts.status.StateSync.Semantic;
import io.adaos.hub.contracts.status.StateSync.Transport;
import io.adaos.hub.contracts.status.WebspaceStatus.Source;
import io.adaos.hub.projection.room.fact.RoomFacts;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/** Judges whether the shared state of a webspace is complete, correct and current. */
final class StateSyncRules {

    /*
     * Notes.
     *
     * Nothing about connections comes in here: that a client is connected, or a command was taken,
     * proves nothing about what is shown. Every state is the worst of its parts, and what makes a
     * part bad is named in the blockers, so that these are empty exactly when all is well.
     *
     * A source that was never listed is waited for at first; after 15 s it counts as lost. While
     * the log takes nothing, sources go on and nothing of it can be shown: that is behind, and ages
     * like a silent source.
     */

    static final long FIRST_SYNC_MS_MAX = 15_000;
    static final long LOG_AWAY_STALE_MS = 15_000;

    private StateSyncRules() {
    }

    /** What the facts amount to; the two moments are not for this to say. */
    static StateSync judge(SyncFacts facts) {
        return new StateSync(facts.webspace(), transport(facts), firstSync(facts),
                semantic(facts), freshness(facts), null, null,
                facts.room().map(RoomFacts::replay).map(StateSyncRules::replay).orElse(null),
                facts.room().map(RoomFacts::fallback).orElse(Fallback.OFF), blockers(facts));
    }

    private static Transport transport(SyncFacts facts) {
        if (facts.room().isEmpty()) {
            return Transport.DISCONNECTED;
        }
        return hasLog(facts) && facts.sources().stream().noneMatch(one -> isLost(one, facts))
                ? Transport.ATTACHED : Transport.DEGRADED;
    }

    private static FirstSync firstSync(SyncFacts facts) {
        if (facts.room().isPresent() && facts.sources().stream()
                .noneMatch(one -> one.state() == Source.State.PENDING)) {
            return FirstSync.COMPLETE;
        }
        return facts.waitedMs() < FIRST_SYNC_MS_MAX ? FirstSync.PENDING : FirstSync.TIMEOUT;
    }

    private static Semantic semantic(SyncFacts facts) {
        if (facts.room().isEmpty() || facts.room().get().health().stale()
                || firstSync(facts) == FirstSync.TIMEOUT
                || facts.sources().stream().anyMatch(one -> isLost(one, facts))) {
            return Semantic.STALE;
        }
        boolean ready = firstSync(facts) == FirstSync.COMPLETE && hasLog(facts)
                && isFilled(facts) && facts.sources().stream()
                        .noneMatch(one -> one.state() == Source.State.LISTING);
        return ready ? Semantic.READY : Semantic.DEGRADED;
    }

    private static Freshness freshness(SyncFacts facts) {
        if (facts.room().isEmpty()) {
            return Freshness.STALE;
        }
        Freshness ofSources = facts.sources().stream().map(SourceFacts::freshness)
                .max(Comparator.naturalOrder()).orElse(Freshness.FRESH);
        return worst(worst(ofSources, facts.sessions()), ofLog(facts));
    }

    private static Freshness ofLog(SyncFacts facts) {
        if (hasLog(facts)) {
            return Freshness.FRESH;
        }
        return facts.logAwayMs() < LOG_AWAY_STALE_MS ? Freshness.AGING : Freshness.STALE;
    }

    private static List<String> blockers(SyncFacts facts) {
        List<String> blockers = new ArrayList<>();
        if (facts.room().isEmpty()) {
            blockers.add("room_not_open");
        } else if (!hasLog(facts)) {
            blockers.add("log_unavailable");
        }
        facts.room().ifPresent(room -> {
            blockers.addAll(room.health().blockers());
            if (room.fallback() != Fallback.OFF) {
                blockers.add(room.fallback().wire());
            }
            if (!isFilled(facts)) {
                blockers.add("branch_missing:runtime");
            }
        });
        facts.sources().forEach(one -> blocker(one, facts, blockers));
        if (facts.sessions() != Freshness.FRESH) {
            blockers.add("sessions_unproven");
        }
        facts.refusedClients().forEach(client -> blockers.add("client_refused:" + client));
        return blockers;
    }

    private static void blocker(SourceFacts source, SyncFacts facts, List<String> blockers) {
        String word = isLost(source, facts) ? "source_lost" : switch (source.state()) {
            case PENDING -> "source_pending";
            case LISTING -> "source_behind";
            case LOST -> "source_lost";
            case FOLLOWING ->
                    source.freshness() == Freshness.FRESH ? "" : "source_silent";
        };
        if (!word.isEmpty()) {
            blockers.add(word + ':' + source.name().wire());
        }
    }

    private static boolean isLost(SourceFacts source, SyncFacts facts) {
        return switch (source.state()) {
            case LOST -> true;
            case PENDING -> facts.waitedMs() >= FIRST_SYNC_MS_MAX;
            case LISTING, FOLLOWING -> false;
        };
    }

    private static boolean hasLog(SyncFacts facts) {
        return facts.room().filter(room -> room.health().logAvailable()).isPresent();
    }

    private static boolean isFilled(SyncFacts facts) {
        return !facts.mustBeFilled() || facts.room().filter(RoomFacts::filled).isPresent();
    }

    private static Freshness worst(Freshness one, Freshness other) {
        return one.compareTo(other) < 0 ? other : one;
    }

    private static StateSync.Replay replay(RoomFacts.Replay replay) {
        return new StateSync.Replay(replay.snapshot()
                ? StateSync.Replay.Mode.SNAPSHOT_PLUS_DIFF : StateSync.Replay.Mode.DIFF,
                replay.rows() + "/" + replay.rowsMax());
    }
}
