package io.adaos.hub.runtime.bus;

import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotSame;

import io.adaos.hub.testing.TestNats;
import io.nats.client.Connection;
import java.time.Duration;
import org.junit.jupiter.api.Test;

class NatsConnectionIT {

    private static final Duration PATIENCE = Duration.ofSeconds(30);

    /** The library ends a connection for good when its credentials are refused repeatedly. */
    @Test
    void connectionThatTheLibraryGaveUp_isMadeAnew() throws Exception {
        // Given
        try (TestNats nats = TestNats.start();
                NatsConnection connection =
                        new NatsConnection(NatsSettings.of(nats.url(), "test"))) {
            connection.open();
            await().atMost(PATIENCE).until(() -> connection.live().isPresent());
            Connection first = connection.live().orElseThrow();

            // When
            first.close();

            // Then
            await().atMost(PATIENCE).until(() -> connection.live().isPresent());
            assertNotSame(first, connection.live().orElseThrow());
            await().atMost(PATIENCE).until(() -> connection.connects() >= 2);
            assertEquals(Connection.Status.CLOSED, first.getStatus());
        }
    }
}
