package io.adaos.hub.projection.crdt.sync;

import io.adaos.hub.projection.crdt.Doc;
import io.adaos.hub.projection.crdt.Vectors;
import io.adaos.hub.projection.crdt.codec.MalformedUpdateException;
import io.adaos.hub.projection.crdt.id.StateVector;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;

/** Holds frames against those that y-protocols and y-websocket send. */
public final class ProtocolCheck {
    private static final String FOREIGN = "hocuspocus";

    private ProtocolCheck() {}

    /** The lines of {@code protocol.jsonl} that come out differently here. */
    public static List<String> failures(List<Map<String, Object>> lines) {
        List<String> failures = new ArrayList<>();
        for (Map<String, Object> line : lines) {
            try {
                if (!((String) line.get("t")).startsWith(FOREIGN) && !isSame(line)) {
                    failures.add("protocol " + line);
                }
            } catch (MalformedUpdateException | RuntimeException e) {
                failures.add("protocol " + line + ": " + e);
            }
        }
        return failures;
    }

    private static boolean isSame(Map<String, Object> line) throws MalformedUpdateException {
        byte[] frame = Vectors.hex(line.get("hex"));
        boolean readBack = ((String) line.get("t")).startsWith("awareness")
                || Arrays.equals(frame, SyncProtocol.encode(SyncProtocol.decode(frame)));
        return readBack && Arrays.equals(frame, build(line));
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

    /** Decodes what stands behind a frame's head and encodes it; nothing if a part is wrong. */
    private static byte[] awareness(Map<String, Object> line, int head)
            throws MalformedUpdateException {
        String hex = ((String) line.get("hex")).substring(2 * head);
        AwarenessUpdate update = AwarenessUpdate.decode(HexFormat.of().parseHex(hex));
        AwarenessUpdate.Entry entry = update.entries().get(0);
        boolean same = line.get("clientID").equals(entry.clientId())
                && line.get("clock").equals(entry.clock())
                && (line.get("state") == null) == entry.isGone();
        return same ? update.encode() : new byte[0];
    }
}
