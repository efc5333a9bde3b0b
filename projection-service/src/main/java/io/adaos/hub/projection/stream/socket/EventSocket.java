package io.adaos.hub.projection.stream.socket;

import io.adaos.hub.projection.gateway.SocketAdmission;
import io.adaos.hub.projection.gateway.SocketRequest;
import io.adaos.hub.projection.room.member.CloseReason;
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
import io.smallrye.mutiny.Uni;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpClosedException;
import jakarta.inject.Inject;
import java.util.List;
import java.util.Optional;
import org.jboss.logging.Logger;

/** The door for events and streams: {@code ws /ws}; what is said there is in docs/streams.md. */
@WebSocket(path = "/ws")
public class EventSocket {

    private static final Logger LOG = Logger.getLogger(EventSocket.class);

    private final EventClientService sessions;
    private final SocketAdmission admission;

    @Inject
    EventSocket(
            EventClientService sessions, OriginCheck origins, Authenticator authenticator) {
        this.sessions = sessions;
        this.admission = new SocketAdmission(origins::allows, authenticator::authenticate);
    }

    @OnOpen
    @NonBlocking
    void onOpen(WebSocketConnection connection) {
        HandshakeRequest handshake = connection.handshakeRequest();
        SocketRequest request = SocketRequest.of("",
                name -> Optional.ofNullable(handshake.headers(name)).orElse(List.of()),
                Optional.ofNullable(handshake.query()).orElse(""));
        SocketAdmission.Entry entry = admission.enter(request);
        if (entry instanceof SocketAdmission.Entry.Admitted admitted) {
            sessions.open(connection, admitted);
        } else if (entry instanceof SocketAdmission.Entry.Refused refused) {
            sessions.close(connection, refused.reason(), refused.detail());
        }
    }

    @OnTextMessage
    @NonBlocking
    Uni<Void> onText(String text, WebSocketConnection connection) {
        return sessions.onText(connection, text);
    }

    @OnBinaryMessage
    @NonBlocking
    void onBytes(Buffer bytes, WebSocketConnection connection) {
        sessions.close(connection, CloseReason.MALFORMED);
    }

    @OnPongMessage
    @NonBlocking
    void onPong(Buffer pong, WebSocketConnection connection) {
        sessions.onPong(connection);
    }

    @OnClose
    @NonBlocking
    void onClose(WebSocketConnection connection) {
        sessions.onClose(connection);
    }

    @OnError
    @NonBlocking
    void onError(Throwable failure, WebSocketConnection connection) {
        if (connection.isOpen() && !(failure instanceof HttpClosedException)) {
            LOG.warnf(failure, "event=socket_failed connection=%s", connection.id());
            sessions.close(connection, CloseReason.INTERNAL);
        }
    }
}
