package io.adaos.hub.projection.room.member;

import io.adaos.hub.projection.crdt.id.StateVector;
import java.util.Optional;

/**
 * One message to a socket; the same bytes go to every member and are never changed.
 *
 * @param before what a reader must know for this frame to make sense to it; empty when the frame
 *     carries no part of the document
 * @param presence whether it only says who is there, which can be told again at any time
 */
public record OutboundFrame(byte[] bytes, Optional<StateVector> before, boolean presence) {

    /** A frame that carries part of the document. */
    public static OutboundFrame ofDocument(byte[] bytes, StateVector before) {
        return new OutboundFrame(bytes, Optional.of(before), false);
    }

    /** A frame that may be lost: progress, a sign of life. */
    public static OutboundFrame ofSignal(byte[] bytes) {
        return new OutboundFrame(bytes, Optional.empty(), false);
    }

    /** A frame about who is there; the first to be dropped when a reader is slow. */
    public static OutboundFrame ofPresence(byte[] bytes) {
        return new OutboundFrame(bytes, Optional.empty(), true);
    }
}
