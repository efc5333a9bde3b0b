package io.adaos.hub.projection.crdt.sync;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import io.adaos.hub.projection.crdt.Doc;
import io.adaos.hub.projection.crdt.Vectors;
import io.adaos.hub.projection.crdt.codec.MalformedUpdateException;
import io.adaos.hub.projection.crdt.id.StateVector;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** Frames as y-protocols and y-websocket send them. */
class ProtocolVectorsTest {
    private static final int OURS = 8;

    @Test
    void frames_builtFromTheirParts_equalToYWebsocket() throws MalformedUpdateException {
        // Given
        List<Map<String, Object>> lines = Vectors.lines("protocol.jsonl").stream()
                .filter(line -> !((String) line.get("t")).startsWith("hocuspocus"))
                .toList();

        // When
        for (Map<String, Object> line : lines) {
            byte[] frame = Vectors.hex(line.get("hex"));
            byte[] built = build(line);

            // Then
            assertArrayEquals(frame, built, line.toString());
            if (!((String) line.get("t")).startsWith("awareness")) {
                assertArrayEquals(frame, SyncProtocol.encode(SyncProtocol.decode(frame)));
            }
        }
        System.out.println("protocol frames " + lines.size());
        assertEquals(OURS, lines.size());
    }

    private static byte[] build(Map<String, Object> line) throws MalformedUpdateException {
        return switch ((String) line.get("t")) {
            case "y-websocket sync step 1" ->
                    SyncProtocol.encode(new SyncStep1(docOf(line).stateVector()));
            case "y-websocket sync step 2 to an empty peer" ->
                    SyncProtocol.encode(new SyncStep2(docOf(line).encodeStateAsUpdate()));
            case "y-websocket sync step 2 to an up-to-date peer" ->
                    SyncProtocol.encode(new SyncStep2(docOf(line).encodeStateAsUpdate(
                            StateVector.decode(Vectors.base64(line.get("sv"))))));
            case "y-websocket update" ->
                    SyncProtocol.encode(new SyncUpdate(Vectors.base64(line.get("update"))));
            case "y-websocket query awareness" -> SyncProtocol.encode(new QueryAwareness());
            case "y-websocket auth permission denied" ->
                    SyncProtocol.encode(SyncProtocol.decode(Vectors.hex(line.get("hex"))));
            case "y-websocket awareness" ->
                    SyncProtocol.encode(new AwarenessMessage(awareness(line, 2)));
            case "awareness update, removal" -> awareness(line, 0);
            default -> throw new AssertionError("unknown frame " + line);
        };
    }

    private static Doc docOf(Map<String, Object> line) throws MalformedUpdateException {
        Doc doc = new Doc(1);
        doc.apply(Vectors.base64(line.get("state")), "test");
        return doc;
    }

    /** Decodes what stands behind the frame's head, checks its parts and encodes it again. */
    private static byte[] awareness(Map<String, Object> line, int head)
            throws MalformedUpdateException {
        String hex = ((String) line.get("hex")).substring(2 * head);
        AwarenessUpdate update = AwarenessUpdate.decode(HexFormat.of().parseHex(hex));
        AwarenessUpdate.Entry entry = update.entries().get(0);
        assertEquals(line.get("clientID"), entry.clientId());
        assertEquals(line.get("clock"), entry.clock());
        assertEquals(line.get("state") == null, entry.isGone());
        return update.encode();
    }
}
