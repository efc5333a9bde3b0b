package io.adaos.hub.projection.gateway.channel;

import io.adaos.hub.projection.room.member.CloseReason;
import io.adaos.hub.projection.room.member.MemberTransport;
import io.adaos.hub.projection.room.member.OutboundFrame;
import io.netty.buffer.Unpooled;
import io.netty.channel.Channel;
import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelFutureListener;
import io.netty.channel.MaxMessagesRecvByteBufAllocator;
import io.netty.channel.RecvByteBufAllocator;
import io.quarkus.websockets.next.WebSocketConnection;
import java.util.function.Consumer;

/**
 * The way to one client past the websocket API: every message is one ready frame, the same memory
 * for all sockets, written by the channel's own event loop.
 */
final class ChannelSocket implements MemberTransport {

    /*
     * Notes on order and ends.
     *
     * Everything is a task of the event loop, the request to close as well, so frames
     * keep their order and none comes behind a close frame: the connection is asked whether it is
     * closed on the loop, which also sends and receives close frames. What the API writes by
     * itself are control frames (ping, pong, close); they may stand between our frames, which are
     * never split.
     */

    private final WebSocketConnection connection;
    private final Channel channel;
    private final LoopTasks tasks;
    private final Runnable onCaughtUp;

    ChannelSocket(WebSocketConnection connection, Channel channel, LoopTasks tasks,
            Runnable onCaughtUp) {
        this.connection = connection;
        this.channel = channel;
        this.tasks = tasks;
        this.onCaughtUp = onCaughtUp;
        readOneBufferAtATime(channel);
    }

    /** Else sixteen may be read before the frames of the first can ask for a pause. */
    private static void readOneBufferAtATime(Channel channel) {
        RecvByteBufAllocator buffers = channel.config().getRecvByteBufAllocator();
        if (buffers instanceof MaxMessagesRecvByteBufAllocator bounded) {
            bounded.maxMessagesPerRead(1);
        }
    }

    @Override
    public void send(OutboundFrame frame, Consumer<OutboundFrame> taken) {
        tasks.add(new Delivery(frame, taken));
    }

    @Override
    public void close(CloseReason reason) {
        tasks.add(new Closing(reason));
    }

    @Override
    public void reading(boolean on) {
        channel.config().setAutoRead(on);
    }

    @Override
    public void caughtUp() {
        onCaughtUp.run();
    }

    private final class Closing implements LoopTasks.Task {

        private final CloseReason reason;

        Closing(CloseReason reason) {
            this.reason = reason;
        }

        @Override
        public Channel channel() {
            return channel;
        }

        @Override
        public void run(boolean last) {
            channel.flush();
            MemberSocket.close(connection, reason, reason.text());
        }
    }

    /** One frame on its way to the operating system. */
    private final class Delivery implements LoopTasks.Task, ChannelFutureListener {

        private final OutboundFrame frame;
        private final Consumer<OutboundFrame> taken;

        Delivery(OutboundFrame frame, Consumer<OutboundFrame> taken) {
            this.frame = frame;
            this.taken = taken;
        }

        @Override
        public Channel channel() {
            return channel;
        }

        @Override
        public void run(boolean last) {
            if (connection.isClosed()) {
                taken.accept(frame);
                return;
            }
            channel.write(Unpooled.wrappedBuffer(frame.wire())).addListener(this);
            if (last) {
                channel.flush();
            }
        }

        @Override
        public void operationComplete(ChannelFuture written) {
            if (!written.isSuccess()) {
                channel.close();
            }
            taken.accept(frame);
        }
    }
}
