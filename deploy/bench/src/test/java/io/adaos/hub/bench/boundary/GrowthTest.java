package io.adaos.hub.bench.boundary;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.io.IOException;
import org.junit.jupiter.api.Test;

class GrowthTest {

    @Test
    void heap_ofMetrics_isTheSumOfItsParts() throws IOException {
        // Given
        String metrics = """
                # TYPE jvm_memory_used_bytes gauge
                jvm_memory_used_bytes{area="heap",id="Eden Space"} 1048576.0
                jvm_memory_used_bytes{area="nonheap",id="Metaspace"} 9.9E9
                jvm_memory_used_bytes{area="heap",id="Tenured Gen"} 3145728.0
                """;

        // When
        double mebibytes = Growth.heapMib(metrics);

        // Then
        assertEquals(4, mebibytes);
    }

    @Test
    void heap_ofAServiceThatDoesNotTell_isAnError() {
        // Given
        String metrics = "jvm_threads_live_threads 12.0\n";

        // When
        IOException failure = assertThrows(IOException.class, () -> Growth.heapMib(metrics));

        // Then
        assertEquals("the service does not tell jvm_memory_used_bytes", failure.getMessage());
    }

    @Test
    void ratio_isEncodedAgainstLive() {
        // Given
        Growth growth = new Growth(200, 300, 200, 1, 1);

        // When
        double ratio = growth.ratio();

        // Then
        assertEquals(1.5, ratio);
    }
}
