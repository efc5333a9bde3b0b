package io.adaos.hub.projection.governance;

import static io.adaos.hub.projection.governance.GovernorDesk.WEATHER;
import static io.adaos.hub.projection.governance.GovernorDesk.attempt;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.adaos.hub.contracts.id.WebspaceId;
import io.adaos.hub.projection.governance.GovernanceDecision.Permit;
import io.adaos.hub.projection.governance.GovernanceDecision.Refuse;
import io.adaos.hub.projection.governance.GovernanceDecision.Throttle;
import io.adaos.hub.projection.governance.GovernanceDecision.Warn;
import io.adaos.hub.projection.governance.evidence.OwnerKey;
import io.adaos.hub.projection.governance.evidence.WriteCause;
import io.adaos.hub.projection.governance.evidence.WriteCounters;
import io.adaos.hub.projection.governance.evidence.WriteReason;
import io.adaos.hub.projection.governance.pressure.PolicyState;
import io.adaos.hub.projection.governance.pressure.PressureThresholds;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

/** Every write is counted once, whatever becomes of it. */
class GovernorBalanceTest {

    private final GovernorDesk desk = new GovernorDesk();

    @Test
    void unchangedWrite_isTakenOutOfRatesAndBalance() {
        // Given
        GovernanceDecision decision = desk.judge(WEATHER, "data/a/b", 10_000);

        // When
        desk.settle(decision, new Settlement.Unchanged());

        // Then
        OwnerRow row = desk.row(WEATHER);
        assertEquals(0, row.recentBytes());
        assertEquals(0, row.recentWrites());
        assertEquals(0, row.bytesPerSecond());
        assertEquals(0, row.counters().attemptedTotal());
        assertEquals(1, row.counters().unchanged());
        assertTrue(row.roots().isEmpty());
    }

    @Test
    void comparedWrite_isCorrectedToItsChangedLeaves() {
        // Given
        GovernanceDecision decision = desk.judge(WEATHER, "data/a/b", 10_000);

        // When
        desk.settle(decision, new Settlement.Applied(20, 1));

        // Then
        OwnerRow row = desk.row(WEATHER);
        assertEquals(20, row.recentBytes());
        assertEquals(20, row.roots().get("data").bytes());
        assertEquals(4, row.bytesPerSecond());
        assertEquals(1, row.counters().applied());
    }

    @Test
    void pressure_hasTheSeedsFields() {
        // Given
        desk.write(WEATHER, "data/a/b", 1_000);
        desk.pass(950).write(WEATHER, "ui/a/b", 3_000);

        // When
        OwnerRow row = desk.pass(50_000).row(WEATHER);

        // Then
        assertEquals(4_000, row.recentBytes());
        assertEquals(2, row.recentWrites());
        assertEquals(4_000, row.peakBps());
        assertEquals(2, row.peakWps());
        assertEquals("primary_shared_doc", row.target());
        assertEquals(3_000, row.roots().get("ui").bytes());
        assertEquals(0, desk.pass(9_100).row(WEATHER).recentBytes() - 3_000);
    }

    @Test
    void refusal_beforeJudging_isAttemptedAndMeasured() {
        // Given

        // When
        Refuse refusal = desk.governor.refuse(attempt(WEATHER, "data/a/b", 900_000, 0),
                WriteReason.PAYLOAD_BUDGET_EXCEEDED, desk.now);

        // Then
        assertEquals(WriteReason.PAYLOAD_BUDGET_EXCEEDED, refusal.reason());
        assertEquals(1, desk.row(WEATHER).counters().refused());
        assertEquals(0, desk.row(WEATHER).counters().blockedTotal());
        assertEquals(PolicyState.THROTTLE, desk.state(WEATHER));
    }

    @Test
    void writeWithoutRule_isCountedOutsideTheBalance() {
        // Given

        // When
        desk.governor.ruleMissing(WEATHER, WriteCause.SKILL_PROJECTION, desk.now);

        // Then
        assertEquals(1, desk.row(WEATHER).counters().ruleMissing());
        assertEquals(0, desk.row(WEATHER).counters().attemptedTotal());
    }

    @Test
    void ticket_settledTwice_isAFault() {
        // Given
        Permit permit = (Permit) desk.write(WEATHER, "data/a/b", 1);

        // When
        Throwable fault = assertThrows(IllegalStateException.class, () -> desk.governor.settled(
                permit.ticket(), new Settlement.Unchanged(), desk.now));

        // Then
        assertTrue(fault.getMessage().contains("once"));
        assertEquals(1, desk.row(WEATHER).counters().applied());
    }

    @Test
    void failingPolicy_thatIsOpen_letsTheWriteThroughAndCountsIt() {
        // Given
        GovernorDesk failing = failing(true);

        // When
        GovernanceDecision decision = failing.write(WEATHER, "data/a/b", 1);

        // Then
        assertInstanceOf(Warn.class, decision);
        assertEquals(WriteReason.POLICY_UNAVAILABLE, decision.evidence().reason());
        assertEquals(1, failing.governor.health().failures());
        assertEquals(1, failing.row(WEATHER).counters().applied());
        assertTrue(failing.row(WEATHER).counters().balances());
    }

    @Test
    void failingPolicy_thatIsClosed_refuses() {
        // Given
        GovernorDesk failing = failing(false);

        // When
        GovernanceDecision decision = failing.judge(WEATHER, "data/a/b", 1);

        // Then
        assertEquals(WriteReason.POLICY_UNAVAILABLE,
                assertInstanceOf(Refuse.class, decision).reason());
        assertEquals(1, failing.row(WEATHER).counters().refused());
    }

    @Test
    void idleMeter_goesAndItsCountsStay() {
        // Given
        desk.write(WEATHER, "data/a/b", 1);
        desk.pass(600_000).governor.evict(desk.now);
        int left = desk.governor.health().owners();
        long kept = desk.row(WEATHER).counters().applied();

        // When
        desk.write(WEATHER, "data/a/b", 1);

        // Then
        assertEquals(0, left);
        assertEquals(1, kept);
        assertEquals(2, desk.row(WEATHER).counters().applied());
        assertEquals(1, desk.governor.rows(desk.now).size());
    }

    @Test
    void meterWithSomethingUnsettled_doesNotGo() {
        // Given
        desk.judge(WEATHER, "data/a/b", 1);

        // When
        desk.pass(6_000_000).governor.evict(desk.now);

        // Then
        assertEquals(1, desk.governor.health().owners());
    }

    @Test
    void ownersBeyondTheBound_areCountedAndNotMetered() {
        // Given
        GovernorDesk small = new GovernorDesk(new GovernanceSettings(true, true,
                new GovernanceSettings.Limits(2, 1, Duration.ofMinutes(2))),
                owner -> PressureThresholds.DEFAULT);

        // When
        for (int i = 0; i < 5; i++) {
            small.write(GovernorDesk.governed("skill:s" + i), "data/a/b", 1);
        }

        // Then
        assertEquals(2, small.governor.health().owners());
        assertEquals(3, small.governor.health().overflows());
        assertEquals(5, small.governor.totals().get(WriteCause.SKILL_PROJECTION).applied());
    }

    @Test
    void countsOfOwnersBeyondTheBound_areFoldedAndNotLost() {
        // Given
        GovernorDesk small = new GovernorDesk(new GovernanceSettings(true, true,
                new GovernanceSettings.Limits(2, 1, Duration.ofMinutes(2))),
                owner -> PressureThresholds.DEFAULT);

        // When
        for (int i = 0; i < 10; i++) {
            small.write(GovernorDesk.governed("skill:s" + i), "data/a/b", 1);
            small.pass(61_000);
        }

        // Then
        assertEquals(10, small.governor.totals().get(WriteCause.SKILL_PROJECTION).applied());
        assertEquals(0, small.governor.health().overflows());
        assertTrue(small.governor.rows(small.now).size() <= 3);
    }

    @Test
    void balance_underManyThreads_isExactAtAQuietMoment() throws Exception {
        // Given
        long seed = System.nanoTime();
        System.out.println("GovernorBalanceTest seed " + seed);
        Crowd crowd = new Crowd();
        ExecutorService threads = Executors.newFixedThreadPool(5);
        List<Future<?>> running = new ArrayList<>();

        // When
        for (int i = 0; i < 4; i++) {
            long own = seed + i;
            running.add(threads.submit(() -> crowd.write(new Random(own), 30_000)));
        }
        running.add(threads.submit(() -> crowd.flush(new Random(seed), 4_000)));
        for (Future<?> each : running) {
            each.get(60, TimeUnit.SECONDS);
        }
        threads.shutdown();
        crowd.end();

        // Then
        long attempted = 0;
        for (OwnerRow row : crowd.governor.rows(crowd.clock.get())) {
            WriteCounters counters = row.counters();
            assertTrue(counters.balances(), "seed " + seed + ": " + row);
            assertEquals(0, counters.inProgress() + counters.pending(), "seed " + seed);
            attempted += counters.attemptedTotal() + counters.unchanged();
            assertTrue(row.byCause().values().stream().allMatch(WriteCounters::balances));
        }
        assertEquals(120_000, attempted, "seed " + seed);
        assertEquals(crowd.applied.get(), crowd.governor.rows(crowd.clock.get()).stream()
                .mapToLong(row -> row.counters().applied()).sum(), "seed " + seed);
    }

    private static GovernorDesk failing(boolean open) {
        return new GovernorDesk(
                new GovernanceSettings(true, open, GovernanceSettings.Limits.DEFAULT),
                owner -> {
                    throw new IllegalStateException("budgets are away");
                });
    }

    /** Writers that share owners, and one that flushes. */
    private static final class Crowd {
        private static final List<OwnerKey> OWNERS = List.of(
                GovernorDesk.governed("skill:a"), GovernorDesk.governed("skill:b"),
                GovernorDesk.governed("user:c"), GovernorDesk.CORE);

        private final WriteGovernor governor = new WriteGovernor(
                GovernanceSettings.DEFAULT, owner -> PressureThresholds.DEFAULT);
        private final AtomicLong clock = new AtomicLong(1_000_000);
        private final AtomicLong applied = new AtomicLong();

        void write(Random random, int writes) {
            for (int i = 0; i < writes; i++) {
                // a second of silence now and then, so that all states come up
                long now = clock.addAndGet(random.nextInt(400) == 0 ? 4_000 : random.nextInt(20));
                OwnerKey owner = OWNERS.get(random.nextInt(OWNERS.size()));
                String path = "data/a/" + random.nextInt(40);
                int bytes = random.nextInt(9_000);
                GovernanceDecision decision = governor.judge(
                        attempt(owner, path, bytes, random.nextInt(3)),
                        new GovernorDesk.Value(path, bytes), now);
                if (decision instanceof Permit permit) {
                    governor.settled(permit.ticket(), outcome(random, bytes), now);
                } else {
                    assertTrue(decision instanceof Refuse || decision instanceof Throttle);
                }
            }
        }

        void flush(Random random, int times) {
            for (int i = 0; i < times; i++) {
                for (FlushBatch batch : governor.flushDue(3, clock.get())) {
                    Thread.yield();
                    governor.flushed(batch, results(random, batch), clock.get());
                }
            }
        }

        void end() {
            for (int i = 0; i < 100; i++) {
                flush(new Random(i), 10);
                clock.addAndGet(10_000);
            }
            governor.drain(WebspaceId.DESKTOP).forEach(batch ->
                    governor.flushed(batch,
                            GovernorDesk.all(batch, new Settlement.Unchanged()), clock.get()));
        }

        private List<Settlement> results(Random random, FlushBatch batch) {
            return batch.items().stream().map(item -> random.nextInt(4) == 0
                    ? new Settlement.Postponed()
                    : outcome(random, item.attempt().bytes())).toList();
        }

        private Settlement outcome(Random random, long bytes) {
            return switch (random.nextInt(6)) {
                case 0 -> new Settlement.Unchanged();
                case 1 -> new Settlement.Coalesced();
                case 2 -> new Settlement.Refused(WriteReason.MAILBOX_FULL);
                default -> {
                    applied.incrementAndGet();
                    yield new Settlement.Applied(bytes / 2, 1);
                }
            };
        }
    }
}
