package io.adaos.hub.sdk.wire;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.net.URI;
import java.net.http.WebSocket;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ThreadLocalRandom;
import java.util.function.Supplier;

/**
 * The hub's event socket ({@code /ws}), subscribed to a few topics and opened again whenever it
 * breaks: after 0.2 to 30 s, with a new token each time. Messages above 65,536 characters end it. A
 * socket on which nothing was heard for a minute, not even a pong, counts as broken.
 */
public final class HubSocket implements AutoCloseable {

    private static final int MESSAGE_CHARS_MAX = 1 << 16;
    private static final long BACKOFF_MILLIS = 200;
    private static final long BACKOFF_MILLIS_MAX = 30_000;
    private static final Duration PING_EVERY = Duration.ofSeconds(20);
    private static final long SILENT_NANOS = Duration.ofSeconds(60).toNanos();

    private final URI address;
    private final Supplier<String> token;
    private final HubHttp http;
    private final ClientThreads threads;
    private Optional<Connection> current = Optional.empty();
    private int failures;

    /** Who hears what comes; called by one thread at a time. */
    public interface Listener {

        /** The topics were taken; their present state follows. */
        void connected();

        /** Nothing is known any more. */
        void disconnected();

        /** Something happened. */
        void event(String kind, JsonNode payload);
    }

    public HubSocket(URI hub, Supplier<String> token, HubHttp http, ClientThreads threads) {
        this.address = URI.create(
                hub.toString().replaceFirst("^http", "ws").replaceFirst("/+$", "") + "/ws");
        this.token = token;
        this.http = http;
        this.threads = threads;
    }

    /** Keeps a connection until the client is closed. */
    public void open(List<String> topics, Listener listener) {
        if (threads.isClosed()) {
            return;
        }
        Connection connection = new Connection(topics, listener);
        try {
            http.client().newWebSocketBuilder()
                    .connectTimeout(Duration.ofSeconds(10))
                    .subprotocols("hub.v1", "hub.token." + token.get())
                    .buildAsync(address, connection)
                    .whenComplete((socket, failure) -> {
                        if (failure != null) {
                            connection.end();
                        }
                    });
        } catch (RuntimeException e) {
            // A token that cannot be sent: perhaps the next one can.
            connection.end();
        }
    }

    @Override
    public void close() {
        Optional<Connection> open;
        synchronized (this) {
            open = current;
        }
        open.ifPresent(connection -> connection.socket.abort());
    }

    private synchronized long pause() {
        long most = Math.min(BACKOFF_MILLIS_MAX, BACKOFF_MILLIS << Math.min(failures++, 10));
        return most / 2 + ThreadLocalRandom.current().nextLong(most / 2 + 1);
    }

    /** One connection from its opening to its end. */
    private final class Connection implements WebSocket.Listener {

        private final List<String> topics;
        private final Listener listener;
        private final StringBuilder message = new StringBuilder();
        private volatile long heardAt = threads.now();
        private boolean isEnded;
        /** Null until it is open. */
        private volatile WebSocket socket;

        Connection(List<String> topics, Listener listener) {
            this.topics = topics;
            this.listener = listener;
        }

        @Override
        public void onOpen(WebSocket opened) {
            socket = opened;
            synchronized (HubSocket.this) {
                current = Optional.of(this);
            }
            ObjectNode subscribe = CanonicalJson.MAPPER.createObjectNode()
                    .put("type", "subscribe").put("id", "topics");
            topics.forEach(subscribe.putArray("topics")::add);
            opened.sendText(subscribe.toString(), true);
            opened.request(1);
            watch();
        }

        @Override
        public CompletionStage<?> onText(WebSocket from, CharSequence part, boolean isLast) {
            heardAt = threads.now();
            if (message.length() + part.length() > MESSAGE_CHARS_MAX) {
                from.abort();
                end();
                return null;
            }
            message.append(part);
            if (isLast) {
                String whole = message.toString();
                message.setLength(0);
                heard(CanonicalJson.read(whole.getBytes(StandardCharsets.UTF_8)));
            }
            from.request(1);
            return null;
        }

        @Override
        public CompletionStage<?> onPong(WebSocket from, ByteBuffer none) {
            heardAt = threads.now();
            from.request(1);
            return null;
        }

        @Override
        public CompletionStage<?> onPing(WebSocket from, ByteBuffer none) {
            heardAt = threads.now();
            from.request(1);
            return null;
        }

        @Override
        public CompletionStage<?> onClose(WebSocket from, int code, String reason) {
            end();
            return null;
        }

        @Override
        public void onError(WebSocket from, Throwable failure) {
            end();
        }

        private void heard(JsonNode said) {
            if (said.path("t").asText().equals("evt")) {
                listener.event(said.path("kind").asText(), said.path("payload"));
            } else if (said.path("id").asText().equals("topics") && said.path("ok").asBoolean()) {
                synchronized (HubSocket.this) {
                    failures = 0;
                }
                listener.connected();
            }
        }

        /** Notices a connection of which only our half is left. */
        private void watch() {
            threads.after(PING_EVERY, () -> {
                synchronized (this) {
                    if (isEnded) {
                        return;
                    }
                }
                if (threads.now() - heardAt > SILENT_NANOS) {
                    socket.abort();
                    end();
                    return;
                }
                socket.sendPing(ByteBuffer.allocate(0));
                watch();
            });
        }

        /** Once, whatever said so first. */
        private void end() {
            synchronized (this) {
                if (isEnded) {
                    return;
                }
                isEnded = true;
            }
            synchronized (HubSocket.this) {
                current = Optional.empty();
            }
            listener.disconnected();
            threads.after(Duration.ofMillis(pause()), () -> open(topics, listener));
        }
    }
}
