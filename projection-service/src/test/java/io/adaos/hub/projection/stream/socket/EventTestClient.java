package io.adaos.hub.projection.stream.socket;

import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import io.adaos.hub.runtime.http.HubJson;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.WebSocket;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.TimeUnit;
import java.util.function.Predicate;

/** A client of the event socket, whose reader can be stopped. */
public final class EventTestClient implements WebSocket.Listener {

    private static final HttpClient CLIENT = HttpClient.newHttpClient();
    private static final Duration PATIENCE = Duration.ofSeconds(30);

    private final StringBuilder partial = new StringBuilder();
    private final List<JsonNode> messages = new ArrayList<>();
    private final CompletableFuture<Integer> closed = new CompletableFuture<>();
    private final boolean reading;
    private WebSocket socket;      // null until connected

    private EventTestClient(boolean reading) {
        this.reading = reading;
    }

    /** Connects with a token in the subprotocol. */
    public static EventTestClient open(URI server, String token) {
        return open(server, CLIENT.newWebSocketBuilder()
                .subprotocols("hub.v1", "hub.token." + token), "/ws", true);
    }

    /** Connects and reads nothing. */
    static EventTestClient openWithoutReading(URI server, String token) {
        return open(server, CLIENT.newWebSocketBuilder()
                .subprotocols("hub.v1", "hub.token." + token), "/ws", false);
    }

    /** Connects with a page behind it, a path and no subprotocol. */
    static EventTestClient openFrom(String origin, URI server, String path) {
        return open(server, CLIENT.newWebSocketBuilder().header("Origin", origin), path, true);
    }

    private static EventTestClient open(
            URI server, WebSocket.Builder builder, String path, boolean reading) {
        EventTestClient client = new EventTestClient(reading);
        client.socket = builder.buildAsync(
                URI.create("ws://" + server.getAuthority() + path), client)
                .orTimeout(20, TimeUnit.SECONDS).join();
        return client;
    }

    EventTestClient say(String text) {
        socket.sendText(text, true).join();
        return this;
    }

    /** Sends, unless the connection ends meanwhile. */
    void trySay(String text) {
        socket.sendText(text, true).exceptionally(gone -> socket).join();
    }

    void sayBytes(byte... bytes) {
        socket.sendBinary(ByteBuffer.wrap(bytes), true).join();
    }

    /** Says something with this mark, and waits for the answer. */
    JsonNode ask(String id, String members) {
        say("{\"id\":\"" + id + "\"," + members + "}");
        return answer(id);
    }

    public EventTestClient subscribe(String... topics) {
        ask("sub-" + topics[0], "\"type\":\"subscribe\",\"topics\":[\""
                + String.join("\",\"", topics) + "\"]");
        return this;
    }

    JsonNode answer(String id) {
        return message(message -> message.path("t").asText().equals("ack")
                && message.path("id").asText().equals(id));
    }

    /** The first event that is like this; waits for it. */
    JsonNode event(Predicate<JsonNode> wanted) {
        return message(message -> message.path("t").asText().equals("evt")
                && wanted.test(message));
    }

    /** The same, while something is done again every second until it comes. */
    JsonNode eventAfter(Runnable cause, Predicate<JsonNode> wanted) {
        await().pollDelay(Duration.ZERO).pollInterval(Duration.ofSeconds(1)).atMost(PATIENCE)
                .until(() -> {
                    boolean came = messages().stream().anyMatch(wanted);
                    if (!came) {
                        cause.run();
                    }
                    return came;
                });
        return event(wanted);
    }

    JsonNode message(Predicate<JsonNode> wanted) {
        await().atMost(PATIENCE).until(() -> messages().stream().anyMatch(wanted));
        return messages().stream().filter(wanted).findFirst().orElseThrow();
    }

    synchronized List<JsonNode> messages() {
        return List.copyOf(messages);
    }

    /** Payloads of a topic so far. */
    public List<String> payloads(String topic) {
        return messages().stream().filter(message -> message.path("kind").asText().equals(topic))
                .map(message -> message.path("payload").toString()).toList();
    }

    /** The code the server closed with; waits for it. */
    int closeCode() {
        return closed.orTimeout(40, TimeUnit.SECONDS).join();
    }

    boolean isOpen() {
        return !closed.isDone();
    }

    String protocol() {
        return socket.getSubprotocol();
    }

    public void close() {
        socket.abort();
    }

    @Override
    public void onOpen(WebSocket opened) {
        if (reading) {
            opened.request(Long.MAX_VALUE);
        }
    }

    @Override
    public CompletionStage<?> onText(WebSocket from, CharSequence text, boolean last) {
        partial.append(text);
        if (last) {
            take(partial.toString());
            partial.setLength(0);
        }
        return null;
    }

    private synchronized void take(String text) {
        try {
            messages.add(HubJson.mapper().readTree(text));
        } catch (JsonProcessingException e) {
            closed.completeExceptionally(e);
        }
    }

    @Override
    public CompletionStage<?> onClose(WebSocket from, int code, String reason) {
        closed.complete(code);
        return null;
    }

    @Override
    public void onError(WebSocket from, Throwable failure) {
        closed.completeExceptionally(failure);
    }
}
