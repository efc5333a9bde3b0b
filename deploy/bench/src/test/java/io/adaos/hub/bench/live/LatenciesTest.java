package io.adaos.hub.bench.live;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import org.junit.jupiter.api.Test;

class LatenciesTest {
    private static final ObjectMapper JSON = new ObjectMapper();

    @Test
    void percentiles_ofCountsFromTwoProcesses_areThoseOfAll() throws JsonProcessingException {
        // Given
        Latencies latencies = new Latencies();

        // When
        latencies.addPairs(JSON.readTree("[[10, 50], [20, 48]]"));
        latencies.addPairs(JSON.readTree("[[900, 1], [10, 1]]"));

        // Then
        assertEquals(100, latencies.total());
        assertEquals(1.0, latencies.percentile(0.5));
        assertEquals(2.0, latencies.percentile(0.99));
        assertEquals(90.0, latencies.percentile(1));
    }

    @Test
    void percentiles_ofMillis_areRoundedToTenths() throws JsonProcessingException {
        // Given
        Latencies latencies = new Latencies();

        // When
        latencies.addMillis(JSON.readTree("[1.26, 3.0, 2.0]"));

        // Then
        assertEquals(1.3, latencies.percentile(0.1));
        assertEquals(2.0, latencies.percentile(0.5));
    }

    @Test
    void percentile_ofNothing_isNoNumber() {
        // Given
        Latencies latencies = new Latencies();

        // When
        double percentile = latencies.percentile(0.99);

        // Then
        assertTrue(Double.isNaN(percentile));
    }
}
