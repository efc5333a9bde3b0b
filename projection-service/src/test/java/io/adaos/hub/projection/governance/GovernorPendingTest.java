package io.adaos.hub.projection.governance;

import static io.adaos.hub.projection.governance.GovernorDesk.PERSON;
import static io.adaos.hub.projection.governance.GovernorDesk.WEATHER;
import static io.adaos.hub.projection.governance.GovernorDesk.WEATHER_DIRECT;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.adaos.hub.contracts.id.WebspaceId;
import io.adaos.hub.projection.governance.GovernanceDecision.Allow;
import io.adaos.hub.projection.governance.GovernanceDecision.Permit;
import io.adaos.hub.projection.governance.GovernanceDecision.Refuse;
import io.adaos.hub.projection.governance.GovernanceDecision.Throttle;
import io.adaos.hub.projection.governance.GovernorDesk.Value;
import io.adaos.hub.projection.governance.evidence.WriteCounters;
import io.adaos.hub.projection.governance.evidence.WriteReason;
import io.adaos.hub.projection.governance.pressure.PolicyState;
import io.adaos.hub.projection.governance.pressure.PressureThresholds;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** What becomes of values that have to wait. */
class GovernorPendingTest {

    private final GovernorDesk desk = new GovernorDesk();

    @Test
    void deferredValue_isFlushedAfterTheSpacing() {
        // Given
        throttle();
        Throttle deferred = assertInstanceOf(
                Throttle.class, desk.judge(WEATHER, "data/a/b", new Value("v", 10)));

        // When
        List<PendingValue> early = desk.pass(349).flush();
        List<PendingValue> inTime = desk.pass(1).flush();

        // Then
        assertEquals(List.of(), early);
        assertEquals(List.of(new Value("v", 10)), inTime);
        assertEquals(desk.now, deferred.flushAt());
        assertEquals(Long.MAX_VALUE, desk.governor.nextFlushAt());
    }

    @Test
    void newerValueOfAPath_replacesTheOlderWhichIsCoalesced() {
        // Given
        throttle();
        long coalesced = counters().coalesced();
        desk.judge(WEATHER, "data/a/b", new Value("old", 10));

        // When
        GovernanceDecision newer = desk.judge(WEATHER, "data/a/b", new Value("new", 10));

        // Then
        assertEquals(Optional.of(new Value("old", 10)),
                assertInstanceOf(Throttle.class, newer).replaced());
        assertEquals(coalesced + 1, counters().coalesced());
        assertEquals(1, counters().pending());
        assertEquals(List.of(new Value("new", 10)), desk.pass(350).flush());
        assertTrue(counters().balances());
    }

    @Test
    void flush_takesTheOldestPathFirst_thoughItsValueIsNew() {
        // Given
        throttle();
        desk.judge(WEATHER, "data/a/1", new Value("1", 10));
        desk.judge(WEATHER, "data/a/2", new Value("2", 10));
        desk.judge(WEATHER, "data/a/1", new Value("1b", 10));

        // When
        List<PendingValue> flushed = desk.pass(350).flush();

        // Then
        assertEquals(List.of(new Value("1b", 10), new Value("2", 10)), flushed);
    }

    @Test
    void flush_takesAsMuchAsCriticalTimesSpacing() {
        // Given: 131072 B/s x 0.35 s are 45875 bytes
        throttle();
        desk.judge(WEATHER, "data/a/1", new Value("1", 20_000));
        desk.judge(WEATHER, "data/a/2", new Value("2", 25_875));
        desk.judge(WEATHER, "data/a/3", new Value("3", 1));

        // When
        List<PendingValue> first = desk.pass(350).flush();
        List<PendingValue> second = desk.pass(350).flush();

        // Then
        assertEquals(List.of(new Value("1", 20_000), new Value("2", 25_875)), first);
        assertEquals(List.of(new Value("3", 1)), second);
    }

    @Test
    void flushAfterALargeValue_waitsUntilItIsPaidFor() {
        // Given: 262144 bytes at 131072 B/s are 2 s
        throttle();
        desk.judge(WEATHER, "data/a/1", new Value("large", 262_144));
        desk.judge(WEATHER, "data/a/2", new Value("small", 1));

        // When
        List<PendingValue> first = desk.pass(350).flush();
        List<PendingValue> early = desk.pass(1_999).flush();
        List<PendingValue> inTime = desk.pass(1).flush();

        // Then
        assertEquals(List.of(new Value("large", 262_144)), first);
        assertEquals(List.of(), early);
        assertEquals(List.of(new Value("small", 1)), inTime);
    }

    @Test
    void pendingPaths_beyond256_areRefused() {
        // Given
        GovernorDesk roomy = roomy();
        roomy.burst(WEATHER, 159);
        for (int i = 0; i < 256; i++) {
            roomy.judge(WEATHER, "data/a/" + i, new Value("v", 1));
        }

        // When
        GovernanceDecision other = roomy.judge(WEATHER, "data/a/more", new Value("v", 1));
        GovernanceDecision same = roomy.judge(WEATHER, "data/a/7", new Value("v2", 1));

        // Then
        assertEquals(WriteReason.PENDING_LIMIT, assertInstanceOf(Refuse.class, other).reason());
        assertEquals(350, ((Refuse) other).retryAfterMillis());
        assertInstanceOf(Throttle.class, same);
    }

    @Test
    void pendingBytes_beyondOneMebibyte_areRefusedAndTheOlderValueStays() {
        // Given
        GovernorDesk roomy = roomy();
        roomy.burst(WEATHER, 159);
        for (int i = 0; i < 4; i++) {
            roomy.judge(WEATHER, "data/a/" + i, new Value("v" + i, 262_144));
        }

        // When
        GovernanceDecision more = roomy.judge(WEATHER, "data/a/4", new Value("v", 1));
        GovernanceDecision larger = roomy.judge(WEATHER, "data/a/3", new Value("v", 262_145));

        // Then
        assertEquals(WriteReason.PENDING_LIMIT, assertInstanceOf(Refuse.class, more).reason());
        assertEquals(WriteReason.PENDING_LIMIT, assertInstanceOf(Refuse.class, larger).reason());
        assertEquals(new Value("v3", 262_144), roomy.governor.drain(WebspaceId.DESKTOP)
                .get(0).items().get(3).value());
    }

    @Test
    void block_keepsWhatIsPendingAndFlushesItWhenItEnds() {
        // Given
        throttle();
        desk.judge(WEATHER, "data/a/b", new Value("v", 10));
        desk.burst(WEATHER, 200);
        long endsIn = desk.row(WEATHER).leavesInMs();

        // When
        List<PendingValue> during = new ArrayList<>(desk.flush());
        during.addAll(desk.pass(endsIn - 1).flush());
        List<PendingValue> after = desk.pass(1).flush();

        // Then
        assertEquals(List.of(), during);
        assertEquals(new Value("v", 10), after.get(0));
    }

    @Test
    void state_afterABlock_isThrottleWhileAnythingIsPending() {
        // Given
        throttle();
        desk.judge(WEATHER, "data/a/b", new Value("v", 10));
        desk.burst(WEATHER, 320);

        // When
        PolicyState withPending = desk.pass(60_000).state(WEATHER);
        GovernanceDecision deferred = desk.judge(WEATHER, "data/a/c", 1);
        desk.flush();
        PolicyState empty = desk.state(WEATHER);

        // Then
        assertEquals(PolicyState.THROTTLE, withPending);
        assertInstanceOf(Throttle.class, deferred);
        assertEquals(PolicyState.OK, empty);
    }

    @Test
    void write_whileAFlushIsUnderWay_doesNotOvertakeIt() {
        // Given
        throttle();
        desk.judge(WEATHER, "data/a/b", new Value("first", 10));
        desk.pass(60_000);
        FlushBatch batch = desk.governor.flushDue(1, desk.now).get(0);

        // When
        GovernanceDecision during = desk.judge(WEATHER, "data/a/b", new Value("second", 10));
        desk.governor.flushed(
                batch, GovernorDesk.all(batch, new Settlement.Applied(1, 1)), desk.now);
        List<PendingValue> flushed = desk.pass(350).flush();
        GovernanceDecision after = desk.judge(WEATHER, "data/a/b", new Value("third", 10));

        // Then
        assertInstanceOf(Throttle.class, during);
        assertTrue(flushed.contains(new Value("second", 10)));
        assertInstanceOf(Allow.class, after);
    }

    @Test
    void flushedValue_thatEqualsTheDocument_countsAsCoalesced() {
        // Given
        throttle();
        desk.judge(WEATHER, "data/a/b", new Value("v", 10));
        WriteCounters before = counters();

        // When
        settleFlush(new Settlement.Unchanged());

        // Then
        assertEquals(before.coalesced() + before.pending(), counters().coalesced());
        assertEquals(0, counters().pending());
        assertEquals(before.attemptedTotal(), counters().attemptedTotal());
        assertTrue(counters().balances());
    }

    @Test
    void flushedValue_whoseRuleIsGone_countsAsRefusedAndIsTold() {
        // Given
        throttle();
        desk.judge(WEATHER, "data/a/b", new Value("v", 10));
        desk.governor.evidence().tell(desk.now);
        WriteCounters before = counters();

        // When
        settleFlush(new Settlement.Refused(WriteReason.PATH_NOT_ALLOWED));

        // Then
        assertEquals(before.refused() + before.pending(), counters().refused());
        assertTrue(counters().balances());
        assertTrue(desk.governor.evidence().tell(desk.now + 5_000).stream()
                .anyMatch(line -> line.last().reason() == WriteReason.PATH_NOT_ALLOWED));
    }

    @Test
    void postponedValue_isTriedAgainUnlessANewerOneCame() {
        // Given
        throttle();
        desk.judge(WEATHER, "data/a/1", new Value("1", 10));
        desk.judge(WEATHER, "data/a/2", new Value("2", 10));
        desk.pass(350);
        FlushBatch batch = desk.governor.flushDue(1, desk.now).get(0);
        desk.judge(WEATHER, "data/a/1", new Value("1b", 10));

        // When
        desk.governor.flushed(
                batch, GovernorDesk.all(batch, new Settlement.Postponed()), desk.now);
        List<PendingValue> again = desk.pass(350).flush();

        // Then
        assertTrue(again.containsAll(List.of(new Value("1b", 10), new Value("2", 10))));
        assertTrue(!again.contains(new Value("1", 10)));
        assertTrue(counters().balances());
        assertEquals(0, counters().pending());
    }

    @Test
    void drain_givesEverythingOfAWebspaceAtOnce() {
        // Given
        throttle();
        for (int i = 0; i < 5; i++) {
            desk.judge(WEATHER, "data/a/" + i, new Value("v", 40_000));
        }
        desk.burst(WEATHER, 320);

        // When
        List<FlushBatch> drained = desk.governor.drain(WebspaceId.DESKTOP);

        // Then
        assertEquals(PolicyState.BLOCK, desk.state(WEATHER));
        assertEquals(5, drained.get(0).items().stream()
                .filter(item -> item.attempt().bytes() == 40_000).count());
        assertEquals(List.of(), desk.governor.drain(WebspaceId.DESKTOP));
        assertEquals(List.of(), desk.governor.drain(new WebspaceId("other")));
    }

    @Test
    void oneCall_flushesEachOwnerOnceAndSharesFairly() {
        // Given
        for (String owner : List.of("skill:a", "skill:b", "skill:c")) {
            desk.burst(GovernorDesk.governed(owner), 170);
        }
        desk.pass(350);

        // When
        List<FlushBatch> first = desk.governor.flushDue(2, desk.now);
        List<FlushBatch> rest = desk.governor.flushDue(2, desk.now);

        // Then
        assertEquals(2, first.size());
        assertEquals(1, rest.size());
        assertEquals(3, Stream.concat(first.stream(), rest.stream())
                .map(FlushBatch::key).distinct().count());
    }

    @Test
    void rawUpdates_ofAConnection_waitMergedAndCountAsOneAppliedAndTheRestCoalesced() {
        // Given
        for (int i = 0; i < 160; i++) {
            desk.applied(desk.judgeRaw(PERSON, "1", 1));
        }
        long pending = desk.row(PERSON).counters().pending();

        // When
        desk.judgeRaw(PERSON, "1", 2);
        desk.judgeRaw(PERSON, "1", 3);
        WriteCounters waiting = desk.row(PERSON).counters();
        RawUpdates merged = (RawUpdates) desk.pass(350).flush().get(0);

        // Then
        assertEquals(1, pending);
        assertEquals(3, waiting.pending());
        assertEquals(List.of(1, 2, 3),
                merged.updates().stream().map(update -> update.length).toList());
        WriteCounters after = desk.row(PERSON).counters();
        assertEquals(waiting.applied() + 1, after.applied());
        assertEquals(waiting.coalesced() + 2, after.coalesced());
        assertTrue(after.balances());
    }

    @Test
    void rawUpdates_beyondTheBoundOfAConnection_areRefused() {
        // Given: a budget under which 256 updates throttle but do not block
        GovernorDesk roomy = roomy();
        for (int i = 0; i < 160; i++) {
            roomy.applied(roomy.judgeRaw(PERSON, "0", 1));
        }
        for (int i = 0; i < 255; i++) {
            assertInstanceOf(Throttle.class, roomy.judgeRaw(PERSON, "1", 1));
        }

        // When
        GovernanceDecision last = roomy.judgeRaw(PERSON, "1", 1);
        GovernanceDecision over = roomy.judgeRaw(PERSON, "1", 1);
        GovernanceDecision other = roomy.judgeRaw(PERSON, "2", 1 << 20);
        GovernanceDecision tooLarge = roomy.judgeRaw(PERSON, "2", 1);

        // Then
        assertInstanceOf(Throttle.class, last);
        assertEquals(WriteReason.PENDING_LIMIT, assertInstanceOf(Refuse.class, over).reason());
        assertInstanceOf(Throttle.class, other);
        assertInstanceOf(Refuse.class, tooLarge);
    }

    @Test
    void directWrites_waitInATableOfTheirOwn() {
        // Given
        for (int i = 0; i < 40; i++) {
            desk.applied(desk.judgeRaw(WEATHER_DIRECT, "1", 1));
        }

        // When
        GovernanceDecision direct = desk.judgeRaw(WEATHER_DIRECT, "1", 1);
        GovernanceDecision governed = desk.judge(WEATHER, "data/a/b", 1);

        // Then
        assertInstanceOf(Throttle.class, direct);
        assertInstanceOf(Permit.class, governed);
    }

    /** Throttles as early as always, and blocks late. */
    private static GovernorDesk roomy() {
        PressureThresholds marks = new PressureThresholds(
                new PressureThresholds.Rate(32_768, 131_072, 100_000_000),
                new PressureThresholds.Rate(8, 32, 1_000), Duration.ofMillis(350));
        return new GovernorDesk(GovernanceSettings.DEFAULT, owner -> marks);
    }

    private void throttle() {
        desk.burst(WEATHER, 159);
        desk.judge(WEATHER, "data/throttled/x", 1);
        desk.pass(350).flush();
        desk.pass(350);
        assertEquals(PolicyState.THROTTLE, desk.state(WEATHER));
        assertEquals(0, counters().pending());
    }

    private WriteCounters counters() {
        return desk.row(WEATHER).counters();
    }

    private void settleFlush(Settlement settlement) {
        desk.pass(350);
        for (FlushBatch batch : desk.governor.flushDue(10, desk.now)) {
            desk.governor.flushed(batch, GovernorDesk.all(batch, settlement), desk.now);
        }
    }
}
