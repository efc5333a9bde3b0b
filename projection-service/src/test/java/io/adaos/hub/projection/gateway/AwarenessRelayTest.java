package io.adaos.hub.projection.gateway;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.adaos.hub.projection.crdt.codec.MalformedUpdateException;
import io.adaos.hub.projection.crdt.sync.AwarenessMessage;
import io.adaos.hub.projection.crdt.sync.AwarenessUpdate;
import io.adaos.hub.projection.crdt.sync.SyncProtocol;
import io.adaos.hub.projection.room.member.FakeTransport;
import io.adaos.hub.projection.room.member.MemberLimits;
import io.adaos.hub.projection.room.member.RoomMember;
import io.adaos.hub.testing.MutableClock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class AwarenessRelayTest {

    private final MutableClock clock = MutableClock.at("2026-01-01T00:00:00Z");
    private final AwarenessRelay relay = new AwarenessRelay(clock);
    private final FakeTransport annaSocket = new FakeTransport();
    private final FakeTransport benSocket = new FakeTransport();
    private final RoomMember anna = member(annaSocket);
    private final RoomMember ben = member(benSocket);

    @BeforeEach
    void joinBoth() {
        relay.join(anna);
        relay.join(ben);
    }

    @Test
    void state_isToldToEverybodyTheSenderIncluded() throws MalformedUpdateException {
        // Given
        byte[] here = news(1, 0, "{\"name\":\"anna\"}");

        // When
        relay.apply(anna, here);

        // Then
        assertEquals(List.of("1@0 {\"name\":\"anna\"}"), heard(annaSocket));
        assertEquals(List.of("1@0 {\"name\":\"anna\"}"), heard(benSocket));
    }

    @Test
    void newcomer_hearsWhoIsThere() throws MalformedUpdateException {
        // Given
        relay.apply(anna, news(1, 0, "{}"));
        FakeTransport socket = new FakeTransport();

        // When
        relay.join(member(socket));

        // Then
        assertEquals(List.of("1@0 {}"), heard(socket));
    }

    @Test
    void nobody_canBeDeclaredGoneBySomebodyElse() throws MalformedUpdateException {
        // Given
        relay.apply(anna, news(1, 0, "{}"));

        // When
        relay.apply(ben, news(1, 0, "null"));
        relay.apply(ben, news(1, 7, "null"));

        // Then
        assertEquals(List.of("1@0 {}"), heard(benSocket));
    }

    @Test
    void end_ofASocket_takesAwayWhomItAnnounced() throws MalformedUpdateException {
        // Given
        relay.apply(anna, news(1, 0, "{}"));

        // When
        relay.leave(anna);

        // Then
        assertEquals(List.of("1@0 {}", "1@0 null"), heard(benSocket));
    }

    @Test
    void silence_of30Seconds_takesAClientAway() throws MalformedUpdateException {
        // Given
        relay.apply(anna, news(1, 0, "{}"));
        clock.advance(Duration.ofSeconds(31));

        // When
        relay.removeOutdated();

        // Then
        assertEquals(List.of("1@0 {}", "1@0 null"), heard(benSocket));
    }

    private RoomMember member(FakeTransport socket) {
        return new RoomMember(socket, MemberLimits.DEFAULT, false, clock);
    }

    private static byte[] news(long client, long clockOfClient, String state) {
        return new AwarenessUpdate(List.of(
                new AwarenessUpdate.Entry(client, clockOfClient, state))).encode();
    }

    private static List<String> heard(FakeTransport socket) throws MalformedUpdateException {
        List<String> heard = new ArrayList<>();
        for (byte[] frame : socket.sent()) {
            AwarenessMessage message = (AwarenessMessage) SyncProtocol.decode(frame);
            for (AwarenessUpdate.Entry entry
                    : AwarenessUpdate.decode(message.update()).entries()) {
                heard.add(entry.clientId() + "@" + entry.clock() + " " + entry.state());
            }
        }
        return heard;
    }
}
