package io.adaos.hub.projection.gateway.channel;

import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.adaos.hub.projection.operationview.OperationsUpstream;
import io.adaos.hub.testing.HubTestResource;
import io.adaos.hub.testing.TestKeys;
import io.netty.buffer.Unpooled;
import io.netty.channel.Channel;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.common.http.TestHTTPResource;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.websockets.next.OpenConnections;
import io.quarkus.websockets.next.WebSocketConnection;
import jakarta.inject.Inject;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.WebSocket;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

/** Pins what is not documented: that the channel is found, and takes ready frames. */
@QuarkusTest
@QuarkusTestResource(HubTestResource.class)
@QuarkusTestResource(OperationsUpstream.class)
class HttpChannelCheckQuarkusTest {

    @TestHTTPResource("/")
    URI server;

    @Inject
    OpenConnections connections;

    @Test
    void channel_ofAConnection_isKnownAndTakesReadyFrames() {
        // Given
        List<Byte> types = new CopyOnWriteArrayList<>();
        WebSocket socket = HttpClient.newHttpClient().newWebSocketBuilder().buildAsync(
                URI.create("ws://" + server.getAuthority() + "/yws/desktop?pin&token="
                        + TestKeys.READER), new Types(types))
                .orTimeout(30, TimeUnit.SECONDS).join();
        WebSocketConnection connection = connections.stream()
                .filter(open -> open.handshakeRequest().query().startsWith("pin"))
                .findFirst().orElseThrow();

        // When
        Channel channel = connection.userData().get(HttpChannelCheck.CHANNEL);
        channel.writeAndFlush(Unpooled.wrappedBuffer(
                new byte[] {(byte) 0x82, 3, 99, 1, 0})).syncUninterruptibly();

        // Then
        await().until(() -> types.contains((byte) 99));
        assertTrue(channel.isActive());
        assertEquals(ChannelSocket.class,
                new HttpTransports().to(connection, () -> { }).getClass());
        socket.abort();
    }

    /** Notes the first byte of each message. */
    private record Types(List<Byte> heard) implements WebSocket.Listener {

        @Override
        public CompletionStage<?> onBinary(WebSocket from, ByteBuffer bytes, boolean last) {
            heard.add(bytes.get());
            from.request(1);
            return null;
        }
    }
}
