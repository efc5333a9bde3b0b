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
        relay.refresh();

        // Then
        assertEquals(List.of("1@0 {}", "1@0 null"), heard(benSocket));
    }

    @Test
    void id_ofALiveSocket_cannotBeTakenOverUntilThatSocketEnds() throws MalformedUpdateException {
        // Given
        relay.apply(anna, news(1, 0, "\"anna\""));

        // When
        relay.apply(ben, news(1, 5, "\"ben\""));
        List<String> before = heard(annaSocket);
        long refused = relay.refused();
        relay.leave(anna);
        relay.apply(ben, news(1, 6, "\"ben\""));

        // Then
        assertEquals(List.of("1@0 \"anna\""), before);
        assertEquals(1, refused);
        assertEquals(List.of("1@0 \"anna\"", "1@0 null", "1@6 \"ben\""), heard(benSocket));
    }

    @Test
    void socket_mayHoldSixteenIdsWithSmallStates() throws MalformedUpdateException {
        // Given
        List<AwarenessUpdate.Entry> crowd = new ArrayList<>();
        for (long id = 1; id <= 50; id++) {
            crowd.add(new AwarenessUpdate.Entry(id, 0, "{}"));
        }

        // When
        relay.apply(ben, news(99, 0, '"' + "x".repeat(4_096) + '"'));
        relay.apply(anna, new AwarenessUpdate(crowd).encode());

        // Then
        assertEquals(16, heard(benSocket).size());
        assertEquals(35, relay.refused());
    }

    @Test
    void states_ofOneWebspace_areBoundedTogether() throws MalformedUpdateException {
        // Given
        AwarenessRelay small = new AwarenessRelay(clock, new PresenceLimits(16, 100, 150, 20));
        small.join(anna);
        small.join(ben);
        String large = '"' + "x".repeat(98) + '"';

        // When
        small.apply(anna, news(1, 0, large));
        small.apply(ben, news(2, 0, large));
        small.leave(anna);
        small.apply(ben, news(2, 1, large));

        // Then
        assertEquals(List.of("1@0 " + large, "1@0 null", "2@1 " + large), heard(benSocket));
    }

    @Test
    void changes_thatComeTooFast_arePassedOnLaterAsTheNewest() throws MalformedUpdateException {
        // Given
        for (int clockOfClient = 0; clockOfClient < 100; clockOfClient++) {
            relay.apply(anna, news(1, clockOfClient, "{}"));
        }
        int atOnce = heard(benSocket).size();

        // When
        clock.advance(Duration.ofSeconds(1));
        relay.refresh();

        // Then
        assertEquals(20, atOnce);
        assertEquals(21, heard(benSocket).size());
        assertEquals("1@99 {}", heard(benSocket).get(20));
    }

    @Test
    void question_whoIsThere_isAnsweredOnceASecond() throws MalformedUpdateException {
        // Given
        relay.apply(anna, news(1, 0, "{}"));

        // When
        for (int i = 0; i < 100; i++) {
            relay.query(ben);
        }
        int inOneSecond = heard(benSocket).size();
        clock.advance(Duration.ofSeconds(1));
        relay.query(ben);

        // Then
        assertEquals(2, inOneSecond);
        assertEquals(3, heard(benSocket).size());
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
