package io.adaos.hub.cli.worker;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.util.Map;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executors;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;

/** Speaks the protocol of workers as the test says, and keeps what it hears. */
final class ScriptedService implements AutoCloseable {

    static final String LEASE = "00112233445566778899aabbccddeeff";

    final BlockingQueue<ObjectNode> offers = new LinkedBlockingQueue<>();
    final BlockingQueue<Said> said = new LinkedBlockingQueue<>();
    final Map<String, byte[]> served = new ConcurrentHashMap<>();
    volatile boolean cancels;
    volatile int away;
    private final HttpServer server;
    private final ArrayNode records = WorkClient.JSON.createArrayNode();

    /** What a worker has said: the last part of the path, and the body. */
    record Said(String what, JsonNode body) {
    }

    ScriptedService() throws IOException {
        server = HttpServer.create(
                new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 64);
        server.createContext("/", this::answer);
        server.setExecutor(Executors.newCachedThreadPool(task -> {
            Thread thread = new Thread(task, "scripted-service");
            thread.setDaemon(true);
            return thread;
        }));
        server.start();
    }

    URI url() {
        return URI.create("http://127.0.0.1:" + server.getAddress().getPort());
    }

    WorkClient client() {
        return new WorkClient(url(), url(), "key");
    }

    /** What is recorded as installed from now on. */
    void record(String kind, String name, String contentDigest) {
        synchronized (records) {
            records.addObject().put("kind", kind).put("id", name).put("name", name)
                    .put("version", "1.0.0").put("content_digest", contentDigest);
        }
    }

    /** Work for the next claim. */
    void offer(String task, JsonNode args) {
        offers.add(WorkClient.JSON.createObjectNode().put("lease", LEASE).put("task", task)
                .put("operation_id", "op_1").put("deadline_at", "2999-01-01T00:00:00Z")
                .put("heartbeat_seconds", 1).set("args", args));
    }

    /** The body of the next word of this kind. */
    JsonNode heard(String what) throws InterruptedException {
        for (Said next = said.poll(30, TimeUnit.SECONDS); next != null;
                next = said.poll(30, TimeUnit.SECONDS)) {
            if (next.what().equals(what)) {
                return next.body();
            }
        }
        throw new AssertionError("never heard: " + what);
    }

    @Override
    public void close() {
        server.stop(0);
    }

    private void answer(HttpExchange exchange) throws IOException {
        byte[] body = exchange.getRequestBody().readAllBytes();
        String path = exchange.getRequestURI().getPath();
        if (away > 0) {
            away--;
            send(exchange, 503, new byte[0]);
        } else if (path.equals("/v1/work/claim")) {
            claim(exchange);
        } else if (path.startsWith("/v1/work/")) {
            String what = path.substring(path.lastIndexOf('/') + 1);
            byte[] answer = ("{\"cancel\":" + cancels + "}").getBytes();
            said.add(new Said(what, WorkClient.JSON.readTree(body)));
            send(exchange, 200, answer);
        } else if (path.equals("/v1/installed")) {
            synchronized (records) {
                send(exchange, 200, WorkClient.JSON.writeValueAsBytes(
                        WorkClient.JSON.createObjectNode().set("items", records)));
            }
        } else {
            byte[] found = served.get(path);
            send(exchange, found == null ? 404 : 200, found == null ? new byte[0] : found);
        }
    }

    private void claim(HttpExchange exchange) throws IOException {
        try {
            ObjectNode offer = offers.poll(1, TimeUnit.SECONDS);
            send(exchange, offer == null ? 204 : 200, offer == null
                    ? new byte[0] : WorkClient.JSON.writeValueAsBytes(offer));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private static void send(HttpExchange exchange, int status, byte[] body) throws IOException {
        exchange.sendResponseHeaders(status, body.length == 0 ? -1 : body.length);
        try (OutputStream out = exchange.getResponseBody()) {
            out.write(body);
        }
    }
}
