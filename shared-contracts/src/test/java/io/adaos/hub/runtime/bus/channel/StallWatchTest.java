package io.adaos.hub.runtime.bus.channel;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.Arrays;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class StallWatchTest {

    @ParameterizedTest(name = "{0}")
    @CsvSource({
        "nothing more to read, 5/5 5/5 5/5 5/5 5/5 5/5, -1",
        "always behind but moving, 1/9 2/9 3/9 4/9 5/9 6/9, -1",
        "standing still, 1/9 1/9 1/9 1/9 1/9, 4",
        "standing still while more comes, 1/2 1/3 1/4 1/5 1/6, 4",
        "a pause that ends in time, 1/9 1/9 1/9 1/9 2/9 2/9, -1",
        "caught up in between, 1/9 1/9 1/9 9/9 9/10 9/10, -1"
    })
    void looks_tellAStallAtTheFourthWithoutAMove(String name, String looks, int stalledAt) {
        // Given
        StallWatch watch = new StallWatch();
        boolean[] stalled = new boolean[looks.split(" ").length];

        // When
        for (int i = 0; i < stalled.length; i++) {
            String[] look = looks.split(" ")[i].split("/");
            stalled[i] = watch.isStalled(Long.parseLong(look[0]), Long.parseLong(look[1]));
        }

        // Then
        boolean[] expected = new boolean[stalled.length];
        if (stalledAt >= 0) {
            expected[stalledAt] = true;
        }
        assertEquals(Arrays.toString(expected), Arrays.toString(stalled), name);
    }
}
