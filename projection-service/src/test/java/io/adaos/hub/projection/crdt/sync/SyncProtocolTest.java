package io.adaos.hub.projection.crdt.sync;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.adaos.hub.projection.crdt.Doc;
import io.adaos.hub.projection.crdt.codec.MalformedUpdateException;
import java.util.HexFormat;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SyncProtocolTest {

    @ParameterizedTest
    @ValueSource(strings = {"", "00", "0003", "000005", "04", "0201", "01", "0105aa", "000001ff",
        "000105"})
    void decode_noMessageOfTheProtocol_isRefused(String hex) {
        assertThrows(MalformedUpdateException.class,
                () -> SyncProtocol.decode(HexFormat.of().parseHex(hex)));
    }

    @Test
    void twoDocuments_thatExchangeBothSteps_holdTheSame() throws MalformedUpdateException {
        // Given
        Doc server = new Doc(1);
        server.transact("test", tx -> server.getMap("m").set(tx, "server", true));
        Doc client = new Doc(2);
        client.transact("test", tx -> client.getMap("m").set(tx, "client", true));

        // When
        answer(client, server);
        answer(server, client);

        // Then
        assertEquals(server.toJson(), client.toJson());
        assertArrayEquals(server.encodeStateAsUpdate(), client.encodeStateAsUpdate());
    }

    /** One asks with step 1, the other answers with step 2; both over the wire. */
    private static void answer(Doc asking, Doc answering) throws MalformedUpdateException {
        byte[] question = SyncProtocol.encode(new SyncStep1(asking.stateVector()));
        SyncStep1 step1 = assertInstanceOf(SyncStep1.class, SyncProtocol.decode(question));
        byte[] answer = SyncProtocol.encode(
                new SyncStep2(answering.encodeStateAsUpdate(step1.known())));
        SyncStep2 step2 = assertInstanceOf(SyncStep2.class, SyncProtocol.decode(answer));
        asking.apply(step2.update(), "peer");
    }
}
