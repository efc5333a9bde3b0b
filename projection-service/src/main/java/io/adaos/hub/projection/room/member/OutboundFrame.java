package io.adaos.hub.projection.room.member;

import io.adaos.hub.projection.crdt.id.StateVector;
import java.util.Optional;

/**
 * One message to a socket; the same bytes go to every member and are never changed.
 *
 * @param before what a reader must know for this frame to make sense to it; empty when the frame
 *     carries no part of the document, so that losing it does no harm
 */
public record OutboundFrame(byte[] bytes, Optional<StateVector> before) {

    /** A frame that carries part of the document. */
    public static OutboundFrame ofDocument(byte[] bytes, StateVector before) {
        return new OutboundFrame(bytes, Optional.of(before));
    }

    /** A frame that may be lost: presence, progress, a sign of life. */
    public static OutboundFrame ofSignal(byte[] bytes) {
        return new OutboundFrame(bytes, Optional.empty());
    }
}
