package io.adaos.hub.registry.upload;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.adaos.hub.contracts.error.HubErrorCode;
import io.adaos.hub.contracts.error.HubException;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

class BoundedBodyTest {

    private final AtomicInteger givenUp = new AtomicInteger();

    @Test
    void bodyOfTheLimit_isReadToItsEnd() throws IOException {
        // Given
        byte[] bytes = {1, 2, -3, 4};
        InputStream body = body(new ByteArrayInputStream(bytes), 4);

        // When
        byte[] read = body.readAllBytes();

        // Then
        assertArrayEquals(bytes, read);
        assertEquals(-1, body.read());
        assertEquals(0, givenUp.get());
    }

    @Test
    void byteBehindTheLimit_isRefused_everyTime_andToldOnce() throws IOException {
        // Given
        InputStream body = body(new ByteArrayInputStream(new byte[5]), 4);
        body.skipNBytes(4);

        // When
        HubException refusal = assertThrows(HubException.class, body::read);

        // Then
        assertEquals(HubErrorCode.PAYLOAD_TOO_LARGE, refusal.code());
        assertTrue(refusal.getMessage().contains(" 4 bytes"), refusal.getMessage());
        assertThrows(HubException.class, body::read);
        assertEquals(1, givenUp.get());
    }

    @Test
    void closing_readsNoFurtherThanTheLimit() throws IOException {
        // Given
        AtomicInteger read = new AtomicInteger();
        InputStream endless = new InputStream() {
            @Override
            public int read() {
                return read.getAndIncrement() & 1;
            }
        };
        InputStream body = body(endless, 100_000);

        // When
        body.close();
        body.close();

        // Then
        assertEquals(1, givenUp.get());
        assertTrue(read.get() > 100_000 && read.get() <= 100_000 + (1 << 16), "read " + read);
    }

    private InputStream body(InputStream bytes, long bytesMax) {
        return new BoundedBody(bytes, bytesMax, givenUp::incrementAndGet);
    }
}
