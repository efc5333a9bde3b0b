package io.adaos.hub.projection.status;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.adaos.hub.contracts.id.WebspaceId;
import io.adaos.hub.contracts.status.StateSync;
import io.adaos.hub.contracts.status.StateSync.Fallback;
import io.adaos.hub.contracts.status.StateSync.FirstSync;
import io.adaos.hub.contracts.status.StateSync.Freshness;
import io.adaos.hub.contracts.status.StateSync.Semantic;
import io.adaos.hub.contracts.status.StateSync.Transport;
import io.adaos.hub.contracts.status.WebspaceStatus.Source;
import io.adaos.hub.projection.room.fact.Publications;
import io.adaos.hub.projection.room.fact.RoomFacts;
import io.adaos.hub.projection.room.fact.RoomHealth;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Each rule by name, and then all of them over every combination of facts. */
class StateSyncRulesTest {

    private static final long[] WAITS = {0, 14_999, 15_000};
    private static final long[] LOG_AWAY = {0, 14_999, 15_000};

    @Test
    void everythingWell_isReadyAndBlockedByNothing() {
        // When
        StateSync sync = StateSyncRules.judge(facts(room(true), source("FOLLOWING", "FRESH")));

        // Then
        assertEquals(Transport.ATTACHED, sync.transportState());
        assertEquals(FirstSync.COMPLETE, sync.firstSyncState());
        assertEquals(Semantic.READY, sync.semanticState());
        assertEquals(Freshness.FRESH, sync.freshnessState());
        assertEquals(new StateSync.Replay(StateSync.Replay.Mode.SNAPSHOT_PLUS_DIFF, "3/1000"),
                sync.replay());
        assertEquals(List.of(), sync.blockers());
    }

    @ParameterizedTest(name = "a source that is {0} and {1}")
    @CsvSource({
        "FOLLOWING, AGING, ATTACHED, READY, AGING, source_silent:operations",
        "LISTING, FRESH, ATTACHED, DEGRADED, FRESH, source_behind:operations",
        "LISTING, AGING, ATTACHED, DEGRADED, AGING, source_behind:operations",
        "LOST, STALE, DEGRADED, STALE, STALE, source_lost:operations",
        "PENDING, STALE, ATTACHED, DEGRADED, STALE, source_pending:operations",
    })
    void source_decides(String state, String age, Transport transport, Semantic semantic,
            Freshness freshness, String blocker) {
        // When
        StateSync sync = StateSyncRules.judge(facts(room(true), source(state, age)));

        // Then
        assertEquals(transport, sync.transportState());
        assertEquals(semantic, sync.semanticState());
        assertEquals(freshness, sync.freshnessState());
        assertEquals(List.of(blocker), sync.blockers());
    }

    @ParameterizedTest(name = "after {0} ms")
    @CsvSource({"14999, PENDING, ATTACHED, DEGRADED", "15000, TIMEOUT, DEGRADED, STALE"})
    void sourceThatWasNeverListed_isWaitedForAndThenLost(long waitedMs, FirstSync firstSync,
            Transport transport, Semantic semantic) {
        // When
        StateSync sync = StateSyncRules.judge(new SyncFacts(WebspaceId.DESKTOP,
                Optional.of(room(true)), true, List.of(source("PENDING", "STALE")),
                Freshness.FRESH, waitedMs, 0, List.of()));

        // Then
        assertEquals(firstSync, sync.firstSyncState());
        assertEquals(transport, sync.transportState());
        assertEquals(semantic, sync.semanticState());
    }

    @Test
    void clientThatIsRefused_isShown() {
        // When
        StateSync sync = StateSyncRules.judge(new SyncFacts(WebspaceId.DESKTOP,
                Optional.of(room(true)), true, List.of(), Freshness.FRESH, 0, 0, List.of(77L)));

        // Then
        assertEquals(List.of("client_refused:77"), sync.blockers());
        assertEquals(Semantic.READY, sync.semanticState());
    }

    /**
     * Every combination of room, log, damage, branches, fallback, source, sessions and waits: 4,725
     * of them against what §6 of the rules says of each, in other words than the code's.
     */
    @Test
    void everyCombination_isWhatTheRulesSay() {
        // Given
        List<SyncFacts> all = combinations();

        // When
        List<String> wrong = new ArrayList<>();
        for (SyncFacts facts : all) {
            check(facts, StateSyncRules.judge(facts), wrong);
        }

        // Then
        assertEquals(4_050, all.size());
        assertEquals(List.of(), wrong.subList(0, Math.min(5, wrong.size())));
    }

    private static void check(SyncFacts facts, StateSync sync, List<String> wrong) {
        SourceFacts source = facts.sources().get(0);
        boolean open = facts.room().isPresent();
        boolean log = open && facts.room().get().health().logAvailable();
        boolean damaged = open && facts.room().get().health().stale();
        boolean filled = open && facts.room().get().filled();
        boolean unlisted = source.state() == Source.State.PENDING;
        boolean late = facts.waitedMs() >= 15_000;
        boolean lost = source.state() == Source.State.LOST || unlisted && late;
        boolean first = open && !unlisted;

        expect(wrong, facts, "transport", sync.transportState(), !open ? Transport.DISCONNECTED
                : log && !lost ? Transport.ATTACHED : Transport.DEGRADED);
        expect(wrong, facts, "first sync", sync.firstSyncState(), first ? FirstSync.COMPLETE
                : late ? FirstSync.TIMEOUT : FirstSync.PENDING);
        expect(wrong, facts, "stale", sync.semanticState() == Semantic.STALE,
                !open || damaged || lost || !first && late);
        expect(wrong, facts, "ready", sync.semanticState() == Semantic.READY,
                open && log && filled && !damaged && first
                        && source.state() == Source.State.FOLLOWING);
        boolean logStale = open && !log && facts.logAwayMs() >= 15_000;
        expect(wrong, facts, "freshness stale", sync.freshnessState() == Freshness.STALE,
                !open || source.freshness() == Freshness.STALE || logStale
                        || facts.sessions() == Freshness.STALE);
        expect(wrong, facts, "freshness fresh", sync.freshnessState() == Freshness.FRESH,
                open && log && source.freshness() == Freshness.FRESH
                        && facts.sessions() == Freshness.FRESH);
        Fallback mode = open ? facts.room().get().fallback() : Fallback.OFF;
        expect(wrong, facts, "fallback", sync.fallbackMode(), mode);
        expect(wrong, facts, "fallback in blockers",
                sync.blockers().contains(mode.wire()), mode != Fallback.OFF);
        expect(wrong, facts, "blockers", sync.blockers().isEmpty(),
                sync.transportState() == Transport.ATTACHED
                        && sync.firstSyncState() == FirstSync.COMPLETE
                        && sync.semanticState() == Semantic.READY
                        && sync.freshnessState() == Freshness.FRESH && mode == Fallback.OFF);
    }

    private static void expect(
            List<String> wrong, SyncFacts facts, String what, Object told, Object wanted) {
        if (!wanted.equals(told)) {
            wrong.add(what + ": " + told + " instead of " + wanted + " for " + facts);
        }
    }

    private static List<SyncFacts> combinations() {
        List<Optional<RoomFacts>> rooms = new ArrayList<>(List.of(Optional.empty()));
        for (int bits = 0; bits < 8; bits++) {
            for (Fallback fallback : Fallback.values()) {
                rooms.add(Optional.of(new RoomFacts(
                        RoomHealth.of((bits & 1) == 0, (bits & 2) != 0), (bits & 4) == 0,
                        fallback, new RoomFacts.Replay(false, 0, 1_000),
                        new Publications(1, 0))));
            }
        }
        List<SyncFacts> all = new ArrayList<>();
        for (Optional<RoomFacts> room : rooms) {
            for (SourceFacts source : sources()) {
                for (Freshness sessions : Freshness.values()) {
                    for (long waited : WAITS) {
                        for (long away : LOG_AWAY) {
                            all.add(new SyncFacts(WebspaceId.DESKTOP, room, true,
                                    List.of(source), sessions, waited, away, List.of()));
                        }
                    }
                }
            }
        }
        return all;
    }

    /** As a follower can stand: lost and unlisted ones are stale, no other is. */
    private static List<SourceFacts> sources() {
        List<SourceFacts> sources = new ArrayList<>();
        sources.add(source("PENDING", "STALE"));
        sources.add(source("LOST", "STALE"));
        for (String age : List.of("FRESH", "AGING")) {
            sources.add(source("LISTING", age));
            sources.add(source("FOLLOWING", age));
        }
        return sources;
    }

    private static SourceFacts source(String state, String freshness) {
        return new SourceFacts(Source.Name.OPERATIONS, Source.State.valueOf(state),
                Freshness.valueOf(freshness), 10L, 4L);
    }

    private static RoomFacts room(boolean log) {
        return new RoomFacts(RoomHealth.of(log, false), true, Fallback.OFF,
                new RoomFacts.Replay(true, 3, 1_000), new Publications(5, 0));
    }

    private static SyncFacts facts(RoomFacts room, SourceFacts source) {
        return new SyncFacts(WebspaceId.DESKTOP, Optional.of(room), true, List.of(source),
                Freshness.FRESH, 100, 0, List.of());
    }
}
