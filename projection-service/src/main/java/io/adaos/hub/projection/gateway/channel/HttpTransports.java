package io.adaos.hub.projection.gateway.channel;

import io.adaos.hub.projection.room.member.MemberTransport;
import io.netty.channel.Channel;
import io.netty.channel.EventLoop;
import io.quarkus.websockets.next.WebSocketConnection;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/** Finds the shortest way to each client. */
public final class HttpTransports {

    private final Map<EventLoop, LoopTasks> loops = new ConcurrentHashMap<>();

    /** Ends a connection whose client takes nothing, not even a close frame. */
    public static void cut(WebSocketConnection connection) {
        Channel channel = connection.userData().get(HttpChannelCheck.CHANNEL);
        if (channel != null) {
            channel.close();
        }
    }

    /** @param onCaughtUp called when frames were dropped and the document is current again */
    public MemberTransport to(WebSocketConnection connection, Runnable onCaughtUp) {
        Channel channel = connection.userData().get(HttpChannelCheck.CHANNEL);
        if (channel == null) {
            return new MemberSocket(connection, onCaughtUp);
        }
        LoopTasks tasks = loops.computeIfAbsent(channel.eventLoop(), LoopTasks::new);
        return new ChannelSocket(connection, channel, tasks, onCaughtUp);
    }
}
