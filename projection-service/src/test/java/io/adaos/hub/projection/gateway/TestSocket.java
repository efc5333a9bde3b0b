package io.adaos.hub.projection.gateway;

import io.adaos.hub.projection.crdt.Doc;
import io.adaos.hub.projection.crdt.YMap;
import io.adaos.hub.projection.crdt.codec.MalformedUpdateException;
import io.adaos.hub.projection.crdt.sync.ProtocolMessage;
import io.adaos.hub.projection.crdt.sync.SyncProtocol;
import io.adaos.hub.projection.crdt.sync.SyncStep1;
import io.adaos.hub.projection.crdt.sync.SyncStep2;
import io.adaos.hub.projection.crdt.sync.SyncUpdate;
import java.io.ByteArrayOutputStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.WebSocket;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;

/** A y-websocket client in Java, whose reader can be stopped. */
public final class TestSocket implements WebSocket.Listener {

    private static final HttpClient CLIENT = HttpClient.newHttpClient();

    private static final AtomicLong CLIENT_IDS = new AtomicLong(4_000_000_000L);

    private final Doc doc;
    private final ByteArrayOutputStream partial = new ByteArrayOutputStream();
    private final List<byte[]> frames = new ArrayList<>();
    private final CompletableFuture<Integer> closed = new CompletableFuture<>();
    private volatile String closeReason;      // null while open
    private final boolean reading;
    private WebSocket socket;      // null until connected

    private TestSocket(boolean reading, Doc doc) {
        this.reading = reading;
        this.doc = doc;
    }

    /** Connects; the path holds the query. */
    public static TestSocket open(URI server, String path) {
        return open(server, path, fresh(true), CLIENT.newWebSocketBuilder());
    }

    /** Connects and does not read before {@link #readOn}. */
    static TestSocket openWithoutReading(URI server, String path) {
        return open(server, path, fresh(false), CLIENT.newWebSocketBuilder());
    }

    /** Connects with a page behind it. */
    static TestSocket openFrom(String origin, URI server, String path) {
        return open(server, path, fresh(true),
                CLIENT.newWebSocketBuilder().header("Origin", origin));
    }

    /** Connects with subprotocols. */
    static TestSocket openWith(List<String> protocols, URI server, String path) {
        String[] further = protocols.subList(1, protocols.size()).toArray(String[]::new);
        return open(server, path, fresh(true),
                CLIENT.newWebSocketBuilder().subprotocols(protocols.get(0), further));
    }

    private static TestSocket fresh(boolean reading) {
        return new TestSocket(reading, new Doc(CLIENT_IDS.incrementAndGet()));
    }

    private static TestSocket open(
            URI server, String path, TestSocket client, WebSocket.Builder builder) {
        client.socket = builder.buildAsync(
                URI.create("ws://" + server.getAuthority() + path), client)
                .orTimeout(30, TimeUnit.SECONDS).join();
        return client;
    }

    /** What the server chose of the subprotocols offered. */
    String protocol() {
        return socket.getSubprotocol();
    }

    /** Sends the first message of every client. */
    public TestSocket ask() {
        return send(SyncProtocol.encode(new SyncStep1(doc.stateVector())));
    }

    /** Changes the own document and tells the server. */
    public TestSocket put(String key, Object value) {
        return send(SyncProtocol.encode(new SyncUpdate(change(key, value))));
    }

    /** The document lets one thread in at a time, and frames arrive on another. */
    private synchronized byte[] change(String key, Object value) {
        return doc.transact("test", tx -> doc.getMap("data").set(tx, key, value));
    }

    /** Changes a value below maps, which are made on the way. */
    public TestSocket putAt(String path, Object value) {
        return send(SyncProtocol.encode(new SyncUpdate(changeAt(path.split("/"), value))));
    }

    /** The same, unless the connection ends meanwhile. */
    public void trySend(String path, Object value) {
        byte[] frame = SyncProtocol.encode(new SyncUpdate(changeAt(path.split("/"), value)));
        socket.sendBinary(ByteBuffer.wrap(frame), true).exceptionally(gone -> socket).join();
    }

    private synchronized byte[] changeAt(String[] path, Object value) {
        return doc.transact("test", tx -> {
            YMap map = doc.getMap(path[0]);
            for (int i = 1; i < path.length - 1; i++) {
                map = map.get(path[i]) instanceof YMap below ? below : map.setMap(tx, path[i]);
            }
            map.set(tx, path[path.length - 1], value);
        });
    }

    /** Connects anew with the same document, as a client does that was cut off. */
    public TestSocket again(URI server, String path) {
        return open(server, path, new TestSocket(true, doc), CLIENT.newWebSocketBuilder());
    }

    /** Sends everything this client knows, as every client does when it is asked. */
    public TestSocket answer() {
        return send(SyncProtocol.encode(new SyncStep2(state())));
    }

    private synchronized byte[] state() {
        return doc.encodeStateAsUpdate();
    }

    public TestSocket send(byte[] frame) {
        socket.sendBinary(ByteBuffer.wrap(frame), true).join();
        return this;
    }

    TestSocket sendText(String text) {
        socket.sendText(text, true).join();
        return this;
    }

    /** Reads from now on. */
    void readOn() {
        socket.request(Long.MAX_VALUE);
    }

    /** All frames so far. */
    synchronized List<byte[]> frames() {
        return List.copyOf(frames);
    }

    /** What this client sees at a path, as plain JSON; null when there is nothing. */
    synchronized Object at(List<String> path) {
        Object value = doc.toJson();
        for (String segment : path) {
            value = value instanceof Map<?, ?> members ? members.get(segment) : null;
        }
        return value;
    }

    /** Frames of this message type so far. */
    synchronized long count(int type) {
        return frames.stream().filter(frame -> frame[0] == type).count();
    }

    /** A value of the root {@code data} as this client sees it. */
    public synchronized Object data(String key) {
        return doc.getMap("data").get(key);
    }

    /** The code the server closed with; waits for it. */
    public int closeCode() {
        return closed.orTimeout(30, TimeUnit.SECONDS).join();
    }

    /** The words the server closed with; after {@link #closeCode}. */
    String closeReason() {
        return closeReason;
    }

    public boolean isOpen() {
        return !closed.isDone();
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
    public CompletionStage<?> onBinary(WebSocket from, ByteBuffer bytes, boolean last) {
        byte[] part = new byte[bytes.remaining()];
        bytes.get(part);
        partial.writeBytes(part);
        if (last) {
            byte[] frame = partial.toByteArray();
            partial.reset();
            take(frame);
        }
        return null;
    }

    private synchronized void take(byte[] frame) {
        frames.add(frame);
        try {
            if (frame[0] == 0) {
                ProtocolMessage message = SyncProtocol.decode(frame);
                if (message instanceof SyncStep2 step) {
                    doc.apply(step.update(), "server");
                } else if (message instanceof SyncUpdate update) {
                    doc.apply(update.update(), "server");
                }
            }
        } catch (MalformedUpdateException e) {
            closed.completeExceptionally(e);
        }
    }

    @Override
    public CompletionStage<?> onClose(WebSocket from, int code, String reason) {
        closeReason = reason;
        closed.complete(code);
        return null;
    }

    @Override
    public void onError(WebSocket from, Throwable failure) {
        closed.completeExceptionally(failure);
    }
}
