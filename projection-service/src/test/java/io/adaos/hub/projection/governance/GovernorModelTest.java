package io.adaos.hub.projection.governance;

import static io.adaos.hub.projection.governance.GovernorDesk.WEATHER;
import static org.junit.jupiter.api.Assertions.assertEquals;

import io.adaos.hub.projection.governance.GovernanceDecision.Allow;
import io.adaos.hub.projection.governance.GovernanceDecision.Permit;
import io.adaos.hub.projection.governance.GovernanceDecision.Refuse;
import io.adaos.hub.projection.governance.GovernanceDecision.Throttle;
import io.adaos.hub.projection.governance.GovernanceDecision.Warn;
import io.adaos.hub.projection.governance.GovernorDesk.Value;
import io.adaos.hub.projection.governance.evidence.WriteCounters;
import io.adaos.hub.projection.governance.evidence.WriteReason;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

/** The governor does what the slow one says, over random histories. */
class GovernorModelTest {

    private static final int HISTORIES = 200;
    private static final int STEPS = 400;
    private static final Set<String> SEEN = new TreeSet<>();

    @AfterAll
    static void histories_together_meetEveryDecision() {
        assertEquals(Set.of("allow", "warn", "defer", "full", "refuse"), SEEN);
    }

    @TestFactory
    List<DynamicTest> governor_overARandomHistory_doesWhatTheSlowOneSays() {
        long first = System.nanoTime();
        System.out.println("GovernorModelTest seed " + first);
        // seeds that follow each other would begin alike
        return new Random(first).longs(HISTORIES)
                .mapToObj(seed -> DynamicTest.dynamicTest(
                        "seed " + seed, () -> assertSame(new Random(seed))))
                .toList();
    }

    private static void assertSame(Random random) {
        // Given
        History history = new History(random);

        // When
        for (int i = 0; i < STEPS; i++) {
            history.step();
        }

        // Then
        WriteCounters counters = history.desk.row(WEATHER).counters();
        assertEquals(true, counters.balances());
        assertEquals(history.slow.coalesced, counters.coalesced());
        assertEquals(history.slow.refused, counters.refused());
        assertEquals(history.slow.applied, counters.applied());
        assertEquals(history.slow.attempted, counters.attemptedTotal());
        assertEquals(history.slow.pending(), counters.pending());
    }

    /** Both governors, and what happens to them. */
    private static final class History {
        private final Random random;
        private final GovernorDesk desk = new GovernorDesk();
        private final SlowGovernor slow = new SlowGovernor();
        private final List<Permit> permits = new ArrayList<>();
        private final Map<Permit, SlowGovernor.Write> writes = new HashMap<>();
        private final List<FlushBatch> flushes = new ArrayList<>();
        private final int sizeMax;

        History(Random random) {
            this.random = random;
            this.sizeMax = List.of(10, 5_000, 100_000, 400_000).get(random.nextInt(4));
            write();
        }

        void step() {
            if (random.nextInt(4) == 0) {
                desk.pass(random.nextInt(random.nextInt(6) == 0 ? 6_000 : 300));
            }
            int kind = random.nextInt(10);
            if (kind < 6) {
                write();
            } else if (kind < 8) {
                settle();
            } else if (kind < 9) {
                flush();
            } else {
                flushed();
            }
            assertEquals(slow.state(desk.now), desk.state(WEATHER).wire());
        }

        private void write() {
            String path = "data/p/" + random.nextInt(300);
            int bytes = random.nextInt(sizeMax);
            Value value = new Value(path + '=' + random.nextInt(), bytes);
            String expected = slow.judge(path, value.name(), bytes, desk.now);
            GovernanceDecision decision = desk.judge(WEATHER, path, value);
            assertEquals(expected, word(decision));
            SEEN.add(expected.split(" ")[0]);
            if (decision instanceof Permit permit) {
                permits.add(permit);
                writes.put(permit, slow.newest());
            }
        }

        private String word(GovernanceDecision decision) {
            if (decision instanceof Refuse refuse) {
                if (refuse.reason() == WriteReason.PENDING_LIMIT) {
                    return "full";
                }
                boolean isReceived = refuse.limit() == 2_097_152;
                return isReceived ? "refuse"
                        : "refuse until " + (desk.now + refuse.retryAfterMillis());
            }
            if (decision instanceof Throttle) {
                return "defer";
            }
            assertEquals(decision instanceof Warn, !(decision instanceof Allow));
            return decision instanceof Warn ? "warn" : "allow";
        }

        private void settle() {
            if (permits.isEmpty()) {
                return;
            }
            Permit permit = permits.remove(random.nextInt(permits.size()));
            SlowGovernor.Write write = writes.remove(permit);
            long bytes = permit.evidence().updateBytes();
            if (random.nextBoolean()) {
                long changed = (long) (bytes * random.nextDouble());
                slow.correct(write, changed, 1, desk.now);
                slow.applied++;
                desk.settle(permit, new Settlement.Applied(changed, 1));
            } else {
                slow.correct(write, 0, 0, desk.now);
                slow.attempted--;
                desk.settle(permit, new Settlement.Unchanged());
            }
        }

        private void flush() {
            List<String> expected = slow.flush(desk.now);
            List<String> names = new ArrayList<>();
            for (FlushBatch batch : desk.governor.flushDue(10, desk.now)) {
                flushes.add(batch);
                batch.items().forEach(item -> names.add(((Value) item.value()).name()));
            }
            assertEquals(expected, names);
        }

        private void flushed() {
            if (flushes.isEmpty()) {
                return;
            }
            FlushBatch batch = flushes.remove(0);
            int kind = random.nextInt(3);
            Settlement result = List.of(new Settlement.Applied(1, 1), new Settlement.Unchanged(),
                    new Settlement.Postponed()).get(kind);
            slow.flushed(List.of("applied", "equal", "again").get(kind), desk.now);
            desk.governor.flushed(batch, GovernorDesk.all(batch, result), desk.now);
        }
    }
}
