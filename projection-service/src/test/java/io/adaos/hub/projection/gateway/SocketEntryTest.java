package io.adaos.hub.projection.gateway;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.adaos.hub.projection.room.member.CloseReason;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class SocketEntryTest {

    private final List<CloseReason> closed = new ArrayList<>();
    private final SocketEntry entry = new SocketEntry(
            FrameLimits.of(16 << 20), closed::add, Instant.parse("2026-01-01T00:00:00Z"));

    @Test
    void frames_beforeTheRoomIsOpen_areKeptUpToOneMebibyte() {
        // Given
        entry.deliver(new byte[1 << 19]);
        entry.deliver(new byte[1 << 19]);
        List<CloseReason> before = List.copyOf(closed);

        // When
        entry.deliver(new byte[1]);
        entry.deliver(new byte[1]);

        // Then
        assertEquals(List.of(), before);
        assertEquals(List.of(CloseReason.TRY_LATER), closed);
    }

    @Test
    void frames_beforeTheRoomIsOpen_areBoundedByNumberToo() {
        // Given
        for (int i = 0; i < 64; i++) {
            entry.deliver(new byte[1]);
        }

        // When
        entry.deliver(new byte[1]);

        // Then
        assertEquals(List.of(CloseReason.TRY_LATER), closed);
    }

    @Test
    void frame_thatIsTooBig_isSaidToBeSoBeforeTheRoomIsOpen() {
        // Given
        byte[] frame = new byte[(16 << 20) + 1];

        // When
        entry.deliver(frame);

        // Then
        assertEquals(List.of(CloseReason.TOO_BIG), closed);
    }

    @Test
    void connection_thatIsSilentBeforeTheRoomIsOpen_isClosed() {
        // Given
        Instant now = Instant.parse("2026-01-01T00:02:00Z");

        // When
        entry.check(now, now.minusSeconds(65));

        // Then
        assertEquals(List.of(CloseReason.TRY_LATER), closed);
    }
}
