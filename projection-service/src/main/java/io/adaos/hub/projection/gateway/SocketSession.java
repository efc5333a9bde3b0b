package io.adaos.hub.projection.gateway;

import io.adaos.hub.contracts.id.WebspaceId;
import io.adaos.hub.projection.crdt.codec.MalformedUpdateException;
import io.adaos.hub.projection.crdt.sync.AwarenessMessage;
import io.adaos.hub.projection.crdt.sync.ProtocolMessage;
import io.adaos.hub.projection.crdt.sync.QueryAwareness;
import io.adaos.hub.projection.crdt.sync.SyncStep1;
import io.adaos.hub.projection.crdt.sync.SyncStep2;
import io.adaos.hub.projection.crdt.sync.SyncUpdate;
import io.adaos.hub.projection.room.WebspaceRoom;
import io.adaos.hub.projection.room.member.CloseReason;
import io.adaos.hub.projection.room.member.MemberProgress;
import io.adaos.hub.projection.room.member.RoomMember;
import io.adaos.hub.projection.write.direct.RawConnection;
import io.adaos.hub.projection.write.direct.RawEnd;
import java.time.Instant;

/** One client on one room, from its first frame to its last. Safe for use by any thread. */
final class SocketSession {

    private final WebspaceRoom room;
    private final RoomMember member;
    private final AwarenessRelay presence;
    private final SocketAdmission.Verdict.Known caller;
    private final RawConnection updates;
    private final FrameLimits limits;
    private final WaitingFrames waiting;

    /**
     * What its credential allows.
     *
     * @param updates where the client's updates go
     */
    record Rights(SocketAdmission.Verdict.Known caller, RawConnection updates) {
    }

    /** What it may ask for, alone and together with all others. */
    record Bounds(FrameLimits limits, FrameBudget budget) {
    }

    SocketSession(WebspaceRoom room, RoomMember member, AwarenessRelay presence,
            Rights rights, Bounds bounds) {
        this.room = room;
        this.member = member;
        this.presence = presence;
        this.caller = rights.caller();
        this.updates = rights.updates();
        this.limits = bounds.limits();
        this.waiting = new WaitingFrames(limits, bounds.budget(), member::reading);
    }

    /** Joins the room and hears who is there. */
    void open() {
        presence.join(member);
        room.join(member);
    }

    /** Handles one frame; answers and refusals go to the client. */
    void onFrame(byte[] frame) {
        if (frame.length > limits.frameBytesMax()) {
            member.close(CloseReason.TOO_BIG);
            return;
        }
        try {
            ClientFrame decoded = ClientFrame.decode(frame);
            if (decoded instanceof ClientFrame.Acknowledgement echo) {
                room.acknowledged(member, echo.generation());
            } else if (decoded instanceof ClientFrame.Protocol protocol) {
                onMessage(protocol.message());
            }
        } catch (MalformedUpdateException e) {
            member.close(CloseReason.MALFORMED);
        }
    }

    /** Ends the connection for this reason. */
    void close(CloseReason reason) {
        member.close(reason);
    }

    /** The connection is gone. */
    void onClosed() {
        room.leave(member);
        presence.leave(member);
    }

    /** Frames were dropped; whoever is there must be told anew. */
    void onCaughtUp() {
        presence.tell(member);
    }

    /** Whether the credential still allows what it allowed when the socket was opened. */
    boolean mayStay(Instant now) {
        return caller.caller().expiresAt().filter(now::isAfter).isEmpty() && caller.stillHolds();
    }

    /** The webspace whose room it is in. */
    WebspaceId webspace() {
        return room.webspace();
    }

    /** How far the client is. */
    MemberProgress progress() {
        return member.progress();
    }

    /** Whether the client cannot be heard, since it is not listened to. */
    boolean isPaused() {
        return waiting.isPaused();
    }

    private void onMessage(ProtocolMessage message) throws MalformedUpdateException {
        if (message instanceof SyncStep1 step) {
            room.answerStep1(member, step.known());
        } else if (message instanceof SyncStep2 step) {
            onUpdate(step.update());
        } else if (message instanceof SyncUpdate update) {
            onUpdate(update.update());
        } else if (message instanceof AwarenessMessage awareness) {
            onPresence(awareness.update());
        } else if (message instanceof QueryAwareness) {
            presence.query(member);
        }
    }

    private void onPresence(byte[] update) throws MalformedUpdateException {
        if (update.length > limits.presenceBytesMax()) {
            member.close(CloseReason.TOO_BIG);
        } else {
            presence.apply(member, update);
        }
    }

    private void onUpdate(byte[] update) {
        if (!mayWait(update.length)) {
            member.close(CloseReason.TRY_LATER);
            return;
        }
        updates.send(room, update).whenComplete((end, failure) -> {
            handled(update.length);
            if (failure != null) {
                member.close(CloseReason.INTERNAL);
            } else if (end instanceof RawEnd.Close refused) {
                member.close(refused.reason());
            } else if (end instanceof RawEnd.AskAgain) {
                room.askAgain(member);
            }
        });
    }

    private boolean mayWait(int bytes) {
        return waiting.add(bytes);
    }

    private void handled(int bytes) {
        waiting.handled(bytes);
    }
}
