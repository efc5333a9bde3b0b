package io.adaos.hub.projection.room.member;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.adaos.hub.projection.crdt.id.StateVector;
import io.adaos.hub.testing.MutableClock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class RoomMemberTest {

    private static final MemberLimits TIGHT = new MemberLimits(
            100, 300, 3, Duration.ofSeconds(60), Duration.ofSeconds(30),
            Duration.ofSeconds(10));

    private final MutableClock clock = MutableClock.at("2026-01-01T00:00:00Z");
    private final FakeTransport socket = new FakeTransport();
    private final RoomMember member = new RoomMember(socket, TIGHT, false, clock);
    private final List<StateVector> asked = new ArrayList<>();

    @Test
    void frames_whileTheReaderIsFast_goOutAtOnceAndInOrder() {
        // Given
        OutboundFrame first = frame(1, 200);
        OutboundFrame second = frame(2, 10);

        // When
        member.offer(first);
        member.offer(second);

        // Then
        assertEquals(List.of(first.bytes(), second.bytes()), socket.sent());
    }

    @Test
    void slowReader_getsOneDiffAgainstWhatItKnewInsteadOfItsQueue() {
        // Given
        socket.slow();
        onResync(Optional.of(frame(9, 50)));
        member.offer(frame(1, 150));
        for (int clockOfFrame = 2; clockOfFrame <= 6; clockOfFrame++) {
            member.offer(frame(clockOfFrame, 100));
        }

        // When
        socket.takeAll();

        // Then
        assertEquals(List.of(known(2)), asked);
        assertEquals(2, socket.sent().size());
        assertEquals(50, socket.sent().get(1).length);
        assertEquals(1, socket.timesCaughtUp());
        assertEquals(Optional.empty(), socket.closed());
    }

    @Test
    void slowReader_moreThanThreeTimesInAMinute_isClosed() {
        // Given
        socket.slow();
        onResync(Optional.of(frame(9, 150)));

        // When
        for (int round = 0; round < 4; round++) {
            overflow();
            socket.takeAll();
            clock.advance(Duration.ofSeconds(10));
        }

        // Then
        assertEquals(Optional.of(CloseReason.TOO_SLOW), socket.closed());
    }

    @Test
    void slowReader_onceAMinute_staysConnected() {
        // Given
        socket.slow();
        onResync(Optional.of(frame(9, 150)));

        // When
        for (int round = 0; round < 6; round++) {
            overflow();
            socket.takeAll();
            clock.advance(Duration.ofSeconds(61));
        }

        // Then
        assertEquals(Optional.empty(), socket.closed());
    }

    @Test
    void client_thatStopsToAcknowledge_isClosedAfterTenSeconds() {
        // Given
        RoomMember panel = new RoomMember(socket, TIGHT, true, clock);
        panel.ask(StateVector.EMPTY);
        panel.takeQuestion();
        clock.advance(Duration.ofSeconds(9));
        panel.acknowledge(7);
        clock.advance(Duration.ofSeconds(9));
        panel.closeIfLost(clock.instant());
        Optional<CloseReason> whileItAcknowledges = socket.closed();

        // When
        clock.advance(Duration.ofSeconds(2));
        panel.closeIfLost(clock.instant());

        // Then
        assertEquals(Optional.empty(), whileItAcknowledges);
        assertEquals(Optional.of(CloseReason.TOO_SLOW), socket.closed());
    }

    @Test
    void client_thatNeverSaidItWouldAcknowledge_isNotWaitedFor() {
        // Given
        member.ask(StateVector.EMPTY);
        member.takeQuestion();

        // When
        clock.advance(Duration.ofMinutes(5));
        member.closeIfLost(clock.instant());

        // Then
        assertEquals(Optional.empty(), socket.closed());
    }

    @Test
    void reader_thatTakesNothing_isClosed() {
        // Given
        socket.slow();
        member.offer(frame(1, 10));
        clock.advance(Duration.ofSeconds(31));

        // When
        member.closeIfLost(clock.instant());

        // Then
        assertEquals(Optional.of(CloseReason.TOO_SLOW), socket.closed());
    }

    @Test
    void frameLargerThanTheQueue_isStillSent() {
        // Given
        socket.slow();
        member.offer(frame(1, 150));

        // When
        member.offer(frame(2, 5_000));
        socket.takeAll();

        // Then
        assertEquals(2, socket.sent().size());
        assertTrue(asked.isEmpty());
    }

    @Test
    void presenceOfOthers_isDroppedFirstAndNeverMakesAReaderLag() {
        // Given
        socket.slow();
        member.offer(frame(1, 150));
        member.offer(frame(2, 10));

        // When
        for (int i = 0; i < 1_000; i++) {
            member.offer(OutboundFrame.ofPresence(new byte[90]));
        }
        int before = socket.timesCaughtUp();
        member.offer(frame(3, 20));
        socket.takeAll();

        // Then
        assertTrue(asked.isEmpty());
        assertEquals(Optional.empty(), socket.closed());
        assertEquals(0, before);
        assertEquals(1, socket.timesCaughtUp());
        assertEquals(List.of(150, 10, 20), socket.sent().stream()
                .map(bytes -> bytes.length).filter(length -> length != 90).toList());
    }

    @Test
    void questionOfALaggingReader_isAnsweredByTheDiffAlone() {
        // Given
        socket.slow();
        onResync(Optional.of(frame(9, 50)));
        overflow();

        // When
        boolean first = member.ask(known(5));
        boolean second = member.ask(known(1));
        Optional<StateVector> question = member.takeQuestion();
        socket.takeAll();

        // Then
        assertTrue(first);
        assertEquals(false, second);
        assertEquals(Optional.empty(), question);
        assertEquals(List.of(known(1)), asked);
    }

    private void overflow() {
        member.offer(frame(1, 150));
        for (int i = 0; i < 5; i++) {
            member.offer(frame(2, 100));
        }
    }

    private void onResync(Optional<OutboundFrame> diff) {
        member.onResyncNeeded(lagging -> {
            asked.add(lagging.known().orElseThrow());
            lagging.resynced(diff);
        });
    }

    /** A frame whose reader must know the units of client 1 before this clock. */
    private static OutboundFrame frame(int clockBefore, int length) {
        return OutboundFrame.ofDocument(new byte[length], known(clockBefore));
    }

    private static StateVector known(long clock) {
        return StateVector.of(Map.of(1L, clock));
    }
}
