package io.adaos.hub.bench.crdt;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class RngTest {

    /** Expected values: mulberry32 with seed 1, run in JavaScript. */
    @Test
    void numbers_ofSeedOne_areThoseOfMulberry32() {
        // Given
        Rng rng = new Rng(1);

        // When
        List<Integer> drawn = IntStream.range(0, 4).mapToObj(i -> rng.between(0, 999)).toList();

        // Then
        assertEquals(List.of(67, 833, 787, 821), drawn);
    }
}
