package io.adaos.hub.cli.supervise;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class BackoffTest {

    @Test
    void next_askedAgainAndAgain_doublesFromTwoTenthsToTenSeconds() {
        // Given
        Backoff backoff = new Backoff();

        // When
        List<Long> millis = Stream.generate(backoff::next).limit(8)
                .map(wait -> wait.toMillis()).toList();

        // Then
        assertEquals(List.of(200L, 400L, 800L, 1_600L, 3_200L, 6_400L, 10_000L, 10_000L), millis);
    }

    @Test
    void next_afterReset_beginsAnew() {
        // Given
        Backoff backoff = new Backoff();
        backoff.next();
        backoff.next();

        // When
        backoff.reset();

        // Then
        assertEquals(Backoff.FIRST, backoff.next());
    }
}
