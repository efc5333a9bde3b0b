package io.adaos.hub.projection.panel;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.List;
import org.junit.jupiter.api.Test;

class SecurityPolicyTest {

    @Test
    void policy_namesTheOriginsOfTheServicesAndNothingElse() {
        // Given
        List<String> addresses =
                List.of("http://127.0.0.1:8081", "https://hub.example/ops", "/api");

        // When
        String policy = SecurityPolicy.of(addresses);

        // Then
        assertEquals("default-src 'self'; "
                + "connect-src 'self' http://127.0.0.1:8081 ws://127.0.0.1:8081"
                + " https://hub.example wss://hub.example; "
                + "img-src 'self' data:; object-src 'none'; base-uri 'none'; "
                + "form-action 'self'; frame-ancestors 'none'", policy);
    }
}
