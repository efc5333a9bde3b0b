package io.adaos.hub.projection.gateway;

import io.adaos.hub.projection.crdt.codec.ByteReader;
import io.adaos.hub.projection.crdt.codec.DecodeLimits;
import io.adaos.hub.projection.crdt.codec.MalformedUpdateException;
import io.adaos.hub.projection.crdt.sync.ProtocolMessage;
import io.adaos.hub.projection.crdt.sync.SyncProtocol;

/** A frame of a client: a y-websocket message, or the acknowledgement of a generation. */
sealed interface ClientFrame {

    /** A message every y-websocket client knows. */
    record Protocol(ProtocolMessage message) implements ClientFrame {
    }

    /** The client has applied everything up to this generation. */
    record Acknowledgement(long generation) implements ClientFrame {
    }

    /** Message type 65, ours. */
    int ACKNOWLEDGEMENT = 65;

    /** Reads a frame; the update inside is judged by the room. */
    static ClientFrame decode(byte[] frame) throws MalformedUpdateException {
        if (frame.length > 0 && frame[0] == ACKNOWLEDGEMENT) {
            ByteReader in = new ByteReader(frame, DecodeLimits.LIVE_PEER);
            in.readVarUint();
            return new Acknowledgement(in.readVarUint());
        }
        return new Protocol(SyncProtocol.decode(frame, DecodeLimits.LIVE_PEER));
    }
}
