package io.adaos.hub.projection.gateway;

import io.adaos.hub.projection.gateway.channel.HttpTransports;
import io.adaos.hub.projection.gateway.channel.MemberSocket;
import io.adaos.hub.projection.room.RoomDirectory;
import io.adaos.hub.projection.room.WebspaceRoom;
import io.adaos.hub.projection.room.member.CloseReason;
import io.adaos.hub.projection.room.member.MemberLimits;
import io.adaos.hub.projection.room.member.RoomMember;
import io.adaos.hub.projection.write.direct.RawConnection;
import io.adaos.hub.projection.write.direct.RawWriteService;
import io.adaos.hub.projection.ystore.lease.NotOwnerException;
import io.adaos.hub.runtime.security.Authenticator;
import io.adaos.hub.runtime.security.OriginCheck;
import io.quarkus.websockets.next.HandshakeRequest;
import io.quarkus.websockets.next.OnBinaryMessage;
import io.quarkus.websockets.next.OnClose;
import io.quarkus.websockets.next.OnError;
import io.quarkus.websockets.next.OnOpen;
import io.quarkus.websockets.next.OnPongMessage;
import io.quarkus.websockets.next.OnTextMessage;
import io.quarkus.websockets.next.WebSocket;
import io.quarkus.websockets.next.WebSocketConnection;
import io.smallrye.common.annotation.NonBlocking;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpClosedException;
import jakarta.inject.Inject;
import java.time.Clock;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.atomic.AtomicReference;
import org.jboss.logging.Logger;

/**
 * The door for y-websocket clients: {@code ws /yws/{webspace}}.
 *
 * <p>A bad credential is accepted and closed at once, since a browser cannot see why an upgrade was
 * refused, but can see a close code.
 */
@WebSocket(path = "/yws/{webspace}")
public class YjsSocket {

    private static final Logger LOG = Logger.getLogger(YjsSocket.class);

    private static final String OPERATOR = "core:operator";

    private final RoomDirectory rooms;
    private final SessionDirectory sessions;
    private final SocketAdmission admission;
    private final RawWriteService rawWrites;
    private final GatewayConfig config;
    private final Clock clock = Clock.systemUTC();
    private final HttpTransports transports = new HttpTransports();
    private final FrameBudget budget = FrameBudget.ofHeap();

    @Inject
    YjsSocket(RoomDirectory rooms, SessionDirectory sessions, OriginCheck origins,
            Authenticator authenticator, RawWriteService rawWrites, GatewayConfig config) {
        this.rooms = rooms;
        this.sessions = sessions;
        this.admission = new SocketAdmission(origins::allows, authenticator::authenticate);
        this.rawWrites = rawWrites;
        this.config = config;
    }

    @OnOpen
    @NonBlocking
    void onOpen(WebSocketConnection connection) {
        HandshakeRequest handshake = connection.handshakeRequest();
        SocketRequest request = SocketRequest.of(
                connection.pathParam("webspace"),
                name -> Optional.ofNullable(handshake.headers(name)).orElse(List.of()),
                Optional.ofNullable(handshake.query()).orElse(""));
        SocketAdmission.Verdict verdict = admission.judge(request);
        if (verdict instanceof SocketAdmission.Verdict.Refused refused) {
            MemberSocket.close(connection, refused.reason(), refused.detail());
        } else if (verdict instanceof SocketAdmission.Verdict.Known known) {
            admit(connection, known, request);
        }
    }

    private void admit(WebSocketConnection connection, SocketAdmission.Verdict.Known known,
            SocketRequest request) {
        if (!known.mayRead()) {
            refuse(connection, known);
            return;
        }
        SocketEntry entry = sessions.add(connection.id(), FrameLimits.of(config.maxFrameBytes()),
                reason -> MemberSocket.close(connection, reason, reason.text()));
        roomFor(known).whenComplete((room, failure) -> {
            if (failure != null) {
                refuse(connection, known, failure);
            } else if (room.isEmpty()) {
                MemberSocket.close(connection, CloseReason.WEBSPACE_UNKNOWN, "unknown webspace");
            } else {
                entry.attach(session(connection, known, room.get(), request));
            }
        });
    }

    /** A router that reads the reason finds the owner; everybody else comes back. */
    private static void refuse(WebSocketConnection connection,
            SocketAdmission.Verdict.Known known, Throwable failure) {
        LOG.debugf("event=socket_refused webspaceId=%s cause=%s", known.webspace(), failure);
        MemberSocket.close(connection, CloseReason.TRY_LATER, NotOwnerException.in(failure)
                .map(elsewhere -> "not_owner " + elsewhere.address())
                .orElse("room not available"));
    }

    /** Who may not read hears whether there is such a webspace, but opens none. */
    private void refuse(WebSocketConnection connection, SocketAdmission.Verdict.Known known) {
        rooms.exists(known.webspace()).whenComplete((exists, failure) -> {
            if (failure != null) {
                MemberSocket.close(connection, CloseReason.TRY_LATER, "store not available");
            } else if (exists) {
                MemberSocket.close(connection, CloseReason.NOT_ALLOWED,
                        "scope webspace:" + known.webspace() + ":read is missing");
            } else {
                MemberSocket.close(connection, CloseReason.WEBSPACE_UNKNOWN, "unknown webspace");
            }
        });
    }

    @OnBinaryMessage
    @NonBlocking
    void onFrame(Buffer frame, WebSocketConnection connection) {
        sessions.deliver(connection.id(), frame.getBytes());
    }

    @OnTextMessage
    @NonBlocking
    void onText(String text, WebSocketConnection connection) {
        sessions.close(connection.id(), CloseReason.MALFORMED);
    }

    @OnPongMessage
    @NonBlocking
    void onPong(Buffer pong, WebSocketConnection connection) {
        sessions.heard(connection.id());
    }

    @OnClose
    @NonBlocking
    void onClose(WebSocketConnection connection) {
        sessions.remove(connection.id());
    }

    @OnError
    @NonBlocking
    void onError(Throwable failure, WebSocketConnection connection) {
        if (connection.isOpen() && !(failure instanceof HttpClosedException)) {
            LOG.warnf(failure, "event=socket_failed connection=%s", connection.id());
            MemberSocket.close(connection, CloseReason.INTERNAL, CloseReason.INTERNAL.text());
        }
    }

    /** An operator's socket makes the webspace it names; anybody else's does not. */
    private CompletionStage<Optional<WebspaceRoom>> roomFor(
            SocketAdmission.Verdict.Known known) {
        return rooms.room(known.webspace()).thenCompose(room -> {
            if (room.isPresent() || !known.isOperator()) {
                return CompletableFuture.completedStage(room);
            }
            return rooms.create(known.webspace(), OPERATOR).thenCompose(creation ->
                    creation == RoomDirectory.Creation.LIMIT_REACHED
                            ? CompletableFuture.completedStage(Optional.empty())
                            : rooms.room(known.webspace()));
        });
    }

    private SocketSession session(WebSocketConnection connection,
            SocketAdmission.Verdict.Known known, WebspaceRoom room, SocketRequest request) {
        AtomicReference<SocketSession> session = new AtomicReference<>();
        RoomMember member = new RoomMember(
                transports.to(connection, () -> session.get().onCaughtUp()),
                MemberLimits.DEFAULT, request.acknowledging(), clock);
        RawConnection updates = rawWrites.open(
                known.webspace(), known.writer(), connection.id(), member::close);
        session.set(new SocketSession(room, member, sessions.presence(known.webspace()),
                new SocketSession.Rights(known, updates), new SocketSession.Bounds(
                        FrameLimits.of(config.maxFrameBytes()), budget)));
        return session.get();
    }
}
