package io.adaos.hub.projection.gateway;

import io.adaos.hub.projection.room.member.CloseReason;
import io.adaos.hub.projection.room.member.MemberTransport;
import io.quarkus.websockets.next.WebSocketConnection;
import io.vertx.core.buffer.Buffer;
import java.util.concurrent.CompletionStage;
import org.jboss.logging.Logger;

/** The way to one client over its websocket connection. */
final class MemberSocket implements MemberTransport {

    private static final Logger LOG = Logger.getLogger(MemberSocket.class);

    /** The buffer of the latest bytes: a room sends the same array to all its members. */
    static final class SharedBuffer {

        private record Made(byte[] bytes, Buffer buffer) {
        }

        private volatile Made latest = new Made(new byte[0], Buffer.buffer());

        private Buffer of(byte[] bytes) {
            Made made = latest;
            if (made.bytes() != bytes) {
                made = new Made(bytes, Buffer.buffer(bytes));
                latest = made;
            }
            return made.buffer();
        }
    }

    private final WebSocketConnection connection;
    private final SharedBuffer buffers;
    private final Runnable onCaughtUp;

    /** @param onCaughtUp called when frames were dropped and the document is current again */
    MemberSocket(WebSocketConnection connection, SharedBuffer buffers, Runnable onCaughtUp) {
        this.connection = connection;
        this.buffers = buffers;
        this.onCaughtUp = onCaughtUp;
    }

    @Override
    public CompletionStage<Void> send(byte[] bytes) {
        return connection.sendBinary(buffers.of(bytes)).subscribeAsCompletionStage();
    }

    @Override
    public void close(CloseReason reason) {
        LOG.debugf("event=socket_closing connection=%s code=%d", connection.id(), reason.code());
        close(connection, reason, reason.text());
    }

    @Override
    public void caughtUp() {
        onCaughtUp.run();
    }

    /** Ends a connection; one that has ended already is left alone. */
    static void close(WebSocketConnection connection, CloseReason reason, String text) {
        connection.close(new io.quarkus.websockets.next.CloseReason(reason.code(), text))
                .subscribe().with(
                        done -> { },
                        failure -> LOG.debugf("event=socket_close_failed connection=%s cause=%s",
                                connection.id(), failure));
    }
}
