package io.adaos.hub.runtime.http;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.core.JsonProcessingException;
import io.adaos.hub.contracts.error.HubErrorCode;
import io.adaos.hub.contracts.error.HubException;
import jakarta.ws.rs.NotFoundException;
import jakarta.ws.rs.WebApplicationException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.Optional;
import java.util.OptionalLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class RefusalsTest {

    @Test
    void json_isTheClientsFault_onlyWhereTheBodyWasRead() {
        // Given
        JsonProcessingException json = assertThrows(JsonProcessingException.class,
                () -> HubJson.mapper().readTree("{"));

        // When
        Optional<HubErrorCode> bare = Refusals.of(json).map(HubException::code);
        Optional<HubErrorCode> wrapped =
                Refusals.of(new WebApplicationException(json, 400)).map(HubException::code);
        Optional<HubException> ours = Refusals.of(new UncheckedIOException(json));
        Optional<HubException> deeper = Refusals.of(
                new IllegalStateException("the row is broken", new UncheckedIOException(json)));

        // Then
        assertEquals(Optional.of(HubErrorCode.BODY_INVALID), bare);
        assertEquals(Optional.of(HubErrorCode.BODY_INVALID), wrapped);
        assertEquals(Optional.empty(), ours);
        assertEquals(Optional.empty(), deeper);
    }

    @Test
    void parameterOfAnotherType_isNoUnknownPath() {
        // Given
        NotFoundException converted = new NotFoundException(new NumberFormatException("abc"));

        // When
        Optional<HubException> refusal = Refusals.of(converted);
        Optional<HubException> path = Refusals.of(new NotFoundException());

        // Then
        assertEquals(HubErrorCode.REQUEST_INVALID, refusal.orElseThrow().code());
        assertTrue(refusal.get().getMessage().endsWith("abc"), refusal.get().getMessage());
        assertEquals(HubErrorCode.NOT_FOUND, path.orElseThrow().code());
    }

    @Test
    void bodyThatWasCutOff_isTheClientsFault() {
        // When
        Optional<HubErrorCode> cutOff =
                Refusals.of(new IOException("Request too large")).map(HubException::code);
        Optional<HubException> other = Refusals.of(new IOException("disk full"));

        // Then
        assertEquals(Optional.of(HubErrorCode.PAYLOAD_TOO_LARGE), cutOff);
        assertEquals(Optional.empty(), other);
    }

    @ParameterizedTest
    @EnumSource(HubErrorCode.class)
    void retryAfter_isGivenWhereverComingBackHelps(HubErrorCode code) {
        // When
        OptionalLong seconds = Refusals.retryAfterSeconds(new HubException(code, "no"));
        OptionalLong known = Refusals.retryAfterSeconds(
                new HubException(code, "no").after(Duration.ofMillis(2_001)));

        // Then
        boolean busy = code.httpStatus() == 429 || code.httpStatus() == 503;
        assertEquals(busy && code.retryable(), seconds.isPresent());
        assertTrue(seconds.orElse(1) >= 1 && seconds.orElse(1) <= 2);
        assertEquals(OptionalLong.of(3), known);
    }
}
