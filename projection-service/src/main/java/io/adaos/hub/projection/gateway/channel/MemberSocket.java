package io.adaos.hub.projection.gateway.channel;

import io.adaos.hub.projection.room.member.CloseReason;
import io.adaos.hub.projection.room.member.MemberTransport;
import io.adaos.hub.projection.room.member.OutboundFrame;
import io.micrometer.core.instrument.Metrics;
import io.netty.channel.Channel;
import io.quarkus.websockets.next.WebSocketConnection;
import io.vertx.core.buffer.Buffer;
import java.util.function.Consumer;
import org.jboss.logging.Logger;

/** The way to one client through the websocket API, where its channel cannot be had. */
public final class MemberSocket implements MemberTransport {

    private static final Logger LOG = Logger.getLogger(MemberSocket.class);

    private final WebSocketConnection connection;
    private final Runnable onCaughtUp;

    MemberSocket(WebSocketConnection connection, Runnable onCaughtUp) {
        this.connection = connection;
        this.onCaughtUp = onCaughtUp;
    }

    @Override
    public void send(OutboundFrame frame, Consumer<OutboundFrame> taken) {
        connection.sendBinary(Buffer.buffer(frame.bytes())).subscribe().with(
                done -> taken.accept(frame), failure -> taken.accept(frame));
    }

    @Override
    public void close(CloseReason reason) {
        close(connection, reason, reason.text());
    }

    /** The API has no way to do this; what waits is bounded by closing the connection. */
    @Override
    public void reading(boolean on) {
        LOG.tracef("event=socket_reading connection=%s on=%b", connection.id(), on);
    }

    @Override
    public void caughtUp() {
        onCaughtUp.run();
    }

    /** Ends a connection, and counts by what code; one that has ended already is left alone. */
    public static void close(WebSocketConnection connection, CloseReason reason, String text) {
        if (connection.isClosed()) {
            return;
        }
        Metrics.counter("hub.yws.closed", "code", String.valueOf(reason.code())).increment();
        LOG.debugf("event=socket_closing connection=%s code=%d", connection.id(), reason.code());
        connection.close(new io.quarkus.websockets.next.CloseReason(reason.code(), text))
                .subscribe().with(
                        done -> { },
                        failure -> LOG.debugf("event=socket_close_failed connection=%s cause=%s",
                                connection.id(), failure));
    }
}
