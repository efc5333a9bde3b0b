package io.adaos.hub.projection.governance.corpus;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.adaos.hub.projection.governance.corpus.WriteTarget.Answer;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

/**
 * Each abusive pattern of the corpus ends in its documented state and is free again soon after it
 * stops; no good one is touched; of every path the last value that was taken is the one shown.
 */
class GovernanceCorpusTest {

    private static final long FREE_MILLIS = 10_000;
    private static final long PENDING_MILLIS = 9_000;

    @TestFactory
    List<DynamicTest> pattern_ofTheCorpus_endsAsDocumented() {
        return WritePattern.corpus().stream()
                .map(pattern -> DynamicTest.dynamicTest(pattern.toString(),
                        () -> assertDocumented(pattern, new GovernorTarget(pattern))))
                .toList();
    }

    @Test
    void corpus_hasEnoughOfBothKinds() {
        // Given
        List<WritePattern> corpus = WritePattern.corpus();

        // When
        long good = corpus.stream().filter(WritePattern::isGood).count();

        // Then
        assertTrue(good >= 20 && corpus.size() - good >= 30, good + " of " + corpus.size());
        assertEquals(corpus.size(), corpus.stream().map(WritePattern::name).distinct().count());
    }

    private static void assertDocumented(WritePattern pattern, WriteTarget target) {
        // Given
        Player player = new Player(target);

        // When
        pattern.steps().forEach(player::play);

        // Then
        if (pattern.isGood()) {
            assertEquals(new TreeSet<>(List.of("ok")), player.states);
        } else if (pattern.state().equals("refused")) {
            assertEquals(new TreeSet<>(List.of(pattern.reason())), player.reasons);
            assertEquals(Map.of(), target.document());
        } else {
            assertEquals(pattern.state(), target.state());
            assertEquals(pattern.reason(), target.reason());
        }
        assertFree(target);
        assertTrue(target.balances());
        assertEquals(player.taken, target.document());
    }

    /** Who stops is free within ten seconds of its last pending value. */
    private static void assertFree(WriteTarget target) {
        for (long waited = 0; target.pending() > 0 && waited < PENDING_MILLIS; waited += 50) {
            target.pass(50);
        }
        target.pass(FREE_MILLIS);
        assertEquals("ok", target.state());
        assertEquals(0, target.pending());
    }

    /** Plays a pattern, and remembers what was answered. */
    private static final class Player {
        private final WriteTarget target;
        private final TreeSet<String> states = new TreeSet<>();
        private final TreeSet<String> reasons = new TreeSet<>();
        private final Map<String, String> taken = new HashMap<>();
        private int number;

        Player(WriteTarget target) {
            this.target = target;
        }

        void play(WritePattern.Step step) {
            long moments = Math.round(step.perSecond() * step.seconds());
            for (int moment = 0; moment < moments; moment++) {
                if (number > 0) {
                    target.pass(Math.round(1000 / step.perSecond()));
                }
                for (int i = 0; i < step.burst(); i++) {
                    write(step.write(number));
                    number++;
                }
            }
        }

        private void write(WritePattern.Write write) {
            Answer answer = target.write(write);
            if (answer.outcome().equals("refused")) {
                reasons.add(answer.reason());
            } else {
                taken.put(write.path(), write.content());
            }
            states.add(target.state());
        }
    }
}
