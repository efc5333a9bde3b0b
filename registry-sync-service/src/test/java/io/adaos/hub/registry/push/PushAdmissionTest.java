package io.adaos.hub.registry.push;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.adaos.hub.contracts.error.HubErrorCode;
import io.adaos.hub.contracts.error.HubException;
import java.time.Duration;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class PushAdmissionTest {

    private static final Duration WAIT = Duration.ofMillis(50);

    private final PushAdmission admission = new PushAdmission(1, WAIT);

    @Test
    void pushBeyondTheLastPlace_isSentAwayAfterAWhile() {
        // Given
        admission.enter();

        // When
        HubException refusal = assertThrows(HubException.class, admission::enter);

        // Then
        assertEquals(HubErrorCode.RATE_LIMITED, refusal.code());
        assertEquals(Optional.of(WAIT), refusal.retryAfter());
    }

    @Test
    void place_givenBackTwice_isOnePlace() {
        // Given
        Runnable leave = admission.enter();
        leave.run();
        leave.run();

        // When
        admission.enter();
        HubException refusal = assertThrows(HubException.class, admission::enter);

        // Then
        assertEquals(HubErrorCode.RATE_LIMITED, refusal.code());
    }
}
