package io.adaos.hub.projection.crdt;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.TreeSet;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Replicas that have seen the same updates hold the same content, whatever happened between. */
class ConvergenceTest {
    private static final int SEEDS = 150;

    @ParameterizedTest(name = "seed {0}")
    @ValueSource(longs = {1, 2, 3, 20260407})    // a seed that ever failed is added here
    void anyDeliveryOrder_sameContents(long seed) {
        // Given
        ReplicaNetwork network = ReplicaNetwork.seeded(3, seed);
        for (int step = 0; step < 200; step++) {
            network.editAtRandom();
            network.deliverSomethingLate();
        }

        // When
        network.deliverEverything();

        // Then
        assertEquals(1, new TreeSet<>(network.contents()).size(), "seed " + seed);
    }

    @Test
    void replicasReloadedFromEachOther_sameContents() {
        for (long seed = 1000; seed < 1000 + SEEDS; seed++) {
            // Given
            ReplicaNetwork network = ReplicaNetwork.seeded(4, seed);
            for (int step = 0; step < 60; step++) {
                network.editAtRandom();
                network.deliverSomethingLate();
                network.deliverSomethingLate();
                if (step % 20 == 19) {
                    network.reloadSomebody();
                }
            }

            // When
            network.deliverEverything();

            // Then
            assertEquals(1, new TreeSet<>(network.contents()).size(), "seed " + seed);
        }
    }
}
