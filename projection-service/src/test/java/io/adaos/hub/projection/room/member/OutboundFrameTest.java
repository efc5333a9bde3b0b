package io.adaos.hub.projection.room.member;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.ByteBuffer;
import java.util.HexFormat;
import java.util.Random;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class OutboundFrameTest {

    @ParameterizedTest
    @CsvSource({
        "0, 8200", "125, 827d", "126, 827e007e", "65535, 827effff",
        "65536, 827f0000000000010000", "3000000, 827f00000000002dc6c0"})
    void wireForm_isAFinalBinaryFrameWithoutMask(int length, String header) {
        // Given
        byte[] message = new byte[length];
        new Random(length).nextBytes(message);
        OutboundFrame frame = OutboundFrame.ofSignal(message.clone());

        // When
        ByteBuffer wire = frame.wire();

        // Then
        assertTrue(wire.isDirect());
        byte[] start = new byte[header.length() / 2];
        wire.get(start);
        assertEquals(header, HexFormat.of().formatHex(start));
        byte[] rest = new byte[wire.remaining()];
        wire.get(rest);
        assertArrayEquals(message, rest);
        assertArrayEquals(message, frame.bytes());
        assertEquals(length, frame.length());
        assertEquals(start.length + length, frame.wire().remaining());
    }
}
