package io.adaos.hub.runtime.outbox;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.adaos.hub.contracts.bus.ServiceHead;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

class FollowRulesTest {

    /**
     * Steps are {@code <millis>:<what>}, such as {@code list A 5}, {@code same}, {@code event A 6},
     * {@code head A 6}, {@code stone A 6} (a tombstone), {@code ask}. The outcome lists the
     * verdicts of events and, for each {@code ask}, what is due: {@code whole}, {@code poll} or
     * {@code none}.
     */
    static Stream<Arguments> table() {
        return Stream.of(
                Arguments.of("before any list, everything waits for one",
                        "0:event A 1; 0:head A 9; 0:ask", "LIST whole"),
                Arguments.of("after a list, events above it apply in order",
                        "0:list A 5; 1:event A 6; 2:event A 7; 3:ask", "APPLY APPLY none"),
                Arguments.of("what the list held is known",
                        "0:list A 5; 1:event A 5; 1:event A 1", "KNOWN KNOWN"),
                Arguments.of("a hole means list",
                        "0:list A 5; 1:event A 7; 2:ask", "LIST whole"),
                Arguments.of("after a hole nothing applies before the list",
                        "0:list A 5; 1:event A 7; 2:event A 6; 3:list A 7; 4:event A 8",
                        "LIST LIST APPLY"),
                Arguments.of("an event of another epoch means list",
                        "0:list A 5; 1:event B 6; 2:ask", "LIST whole"),
                Arguments.of("a tombstone means list",
                        "0:list A 5; 1:stone A 6; 2:event A 7; 3:list A 7; 4:event A 8",
                        "LIST LIST APPLY"),
                Arguments.of("a tombstone that the list held is known",
                        "0:list A 5; 1:stone A 5; 2:event A 6", "KNOWN APPLY"),
                Arguments.of("a head of another epoch means list",
                        "0:list A 5; 1:head B 5; 2:ask", "whole"),
                Arguments.of("a head above waits two seconds",
                        "0:list A 5; 100:head A 7; 2099:ask; 2100:ask", "none whole"),
                Arguments.of("a head above that is reached is forgotten",
                        "0:list A 5; 100:head A 7; 200:event A 6; 300:event A 7; 2500:ask",
                        "APPLY APPLY none"),
                Arguments.of("the first unreached head counts, not the last",
                        "0:list A 5; 100:head A 7; 1000:event A 6; 2050:head A 8; 2100:ask",
                        "APPLY whole"),
                Arguments.of("a later head does not restart a reached one",
                        "0:list A 5; 100:head A 6; 200:event A 6; 2050:head A 8; 2200:ask",
                        "APPLY none"),
                Arguments.of("a silent head means poll after five seconds",
                        "0:list A 5; 4999:ask; 5000:ask", "none poll"),
                Arguments.of("a poll that changed nothing rests five seconds",
                        "0:list A 5; 5000:ask; 5010:same; 10000:ask; 10010:ask", "poll none poll"),
                Arguments.of("heads that speak make polling needless",
                        "0:list A 5; 2000:head A 5; 4000:head A 5; 8999:ask", "none"),
                Arguments.of("one older head is old news",
                        "0:list A 5; 1:event A 6; 2:head A 5; 2100:head A 6; 7000:ask",
                        "APPLY none"),
                Arguments.of("a head that stays below means list",
                        "0:list A 5; 0:head A 3; 2000:head A 3; 4000:head A 3; "
                                + "6000:head A 3; 6001:ask",
                        "whole"));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("table")
    void steps_leadToTheVerdicts(String name, String steps, String verdicts) {
        // Given
        FollowRules rules = new FollowRules();
        List<String> outcome = new ArrayList<>();

        // When
        for (String step : steps.split(";")) {
            String[] parts = step.strip().split(":", 2);
            run(rules, Long.parseLong(parts[0]), parts[1].split(" "), outcome);
        }

        // Then
        assertEquals(verdicts.strip(), String.join(" ", outcome), name);
    }

    @ParameterizedTest(name = "{0} ms after the last confirmation: {1}")
    @CsvSource({"0,FRESH", "4999,FRESH", "5000,AGING", "14999,AGING", "15000,STALE"})
    void freshness_decaysWithSilence(long millis, Freshness freshness) {
        // Given
        FollowRules rules = new FollowRules();
        rules.listed("A", 5, 1_000);

        // When
        FollowState state = rules.standing().at(1_000 + millis, Instant.ofEpochSecond(100));

        // Then
        assertEquals(freshness, state.freshness());
        assertEquals(Instant.ofEpochSecond(100).minusMillis(millis), state.lastHeardAt().get());
    }

    /** Hearing that there is more is no proof of being current. */
    @ParameterizedTest(name = "head {0}: {1}")
    @CsvSource({"5,FRESH", "6,AGING"})
    void head_confirmsOnlyWhatItEquals(long sequence, Freshness freshness) {
        // Given
        FollowRules rules = new FollowRules();
        rules.listed("A", 5, 0);

        // When
        rules.head(new ServiceHead("s", "A", sequence), 5_000);

        // Then
        assertEquals(freshness, rules.standing().at(5_500, Instant.EPOCH).freshness());
    }

    /** While something is known to be missing, no confirmation makes the state fresh. */
    @ParameterizedTest(name = "{0}: {1}")
    @CsvSource({
        "event A 7,AGING", "stone A 6,AGING", "event B 1,STALE", "stone B 1,STALE",
        "head B 5,STALE", "event A 7; event B 1,STALE", "event A 6,FRESH", "head A 6,FRESH",
        "event A 7; list A 7,FRESH", "head B 5; list B 5,FRESH"
    })
    void missedFacts_limitFreshnessUntilListed(String steps, Freshness freshness) {
        // Given
        FollowRules rules = new FollowRules();
        rules.listed("A", 5, 0);

        // When
        for (String step : steps.split("; ")) {
            run(rules, 100, step.split(" "), new ArrayList<>());
        }

        // Then
        FollowState state = rules.standing().at(200, Instant.EPOCH);
        assertEquals(freshness, state.freshness());
        assertEquals(freshness != Freshness.FRESH, state.gap());
    }

    @Test
    void eventThatFailed_isNotReached() {
        // Given
        FollowRules rules = new FollowRules();
        rules.listed("A", 5, 0);
        rules.event("A", 6, 100);

        // When
        rules.notApplied();

        // Then
        FollowState state = rules.standing().at(200, Instant.EPOCH);
        assertEquals(5, state.sequence());
        assertEquals(Freshness.AGING, state.freshness());
    }

    private static void run(FollowRules rules, long now, String[] words, List<String> outcome) {
        switch (words[0]) {
            case "list" -> rules.listed(words[1], Long.parseLong(words[2]), now);
            case "same" -> rules.unchanged(now);
            case "head" -> rules.head(
                    new ServiceHead("s", words[1], Long.parseLong(words[2])), now);
            case "event" ->
                    outcome.add(rules.event(words[1], Long.parseLong(words[2]), now).name());
            case "stone" -> outcome.add(rules.tombstone(words[1], Long.parseLong(words[2])).name());
            case "ask" -> outcome.add(
                    rules.mustList(now) ? "whole" : rules.mustPoll(now) ? "poll" : "none");
            default -> throw new IllegalArgumentException(words[0]);
        }
    }
}
