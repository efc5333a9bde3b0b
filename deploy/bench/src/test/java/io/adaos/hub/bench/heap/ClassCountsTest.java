package io.adaos.hub.bench.heap;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Objects of each class, as the bench shows them. */
class ClassCountsTest {
    private record Pair(long first, long second) {}

    @Test
    void counts_sinceAnEarlierOne_showWhatWasMadeAndKept() throws Exception {
        // Given
        List<Pair> kept = new ArrayList<>(50_000);
        ClassCounts before = ClassCounts.now();

        // When
        for (int i = 0; i < 50_000; i++) {
            kept.add(new Pair(i, i));
        }
        String text = ClassCounts.now().since(before).text(kept.size(), 20);

        // Then
        assertEquals("    32.0 B   1.00 objects  " + Pair.class.getName(), text);
    }
}
