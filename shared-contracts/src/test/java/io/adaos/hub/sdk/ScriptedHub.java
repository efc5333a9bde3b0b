package io.adaos.hub.sdk;

import com.fasterxml.jackson.databind.JsonNode;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import io.adaos.hub.sdk.wire.CanonicalJson;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;

/** A server on the loopback address that answers as it was told, and keeps what it was asked. */
final class ScriptedHub implements AutoCloseable {

    /** An answer; the last one told is repeated. */
    record Answer(int status, String body, Map<String, String> headers) {

        static Answer applied(long generation) {
            return new Answer(200, """
                    {"outcome": "applied", "level": "durable", "generation": %d, "owner": "skill:a",
                     "path": "data/a", "correlation_id": "c"}""".formatted(generation), Map.of());
        }

        static Answer of(int status, String body) {
            return new Answer(status, body, Map.of());
        }

        /** The connection breaks instead. */
        static Answer none() {
            return new Answer(0, "", Map.of());
        }

        static Answer refused(int status, String code, boolean retryable, long retryAfterMillis) {
            return new Answer(status, """
                    {"code": "%s", "detail": "No", "remedy": "Do", "retryable": %s,
                     "retry_after_ms": %d}""".formatted(code, retryable, retryAfterMillis),
                    Map.of());
        }
    }

    /** What was asked, with the time it came. */
    record Request(String line, String authorization, JsonNode body, long atMillis) {

        int value() {
            return body.path("value").asInt();
        }
    }

    private final HttpServer server;
    private final ExecutorService threads = Executors.newCachedThreadPool();
    private final BlockingQueue<Answer> answers = new LinkedBlockingQueue<>();
    private final List<Request> requests = new CopyOnWriteArrayList<>();
    private final Semaphore gate = new Semaphore(Integer.MAX_VALUE / 2);

    ScriptedHub() throws IOException {
        server = HttpServer.create(
                new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.setExecutor(threads);
        server.createContext("/", this::answer);
        server.start();
    }

    URI address() {
        return URI.create("http://127.0.0.1:" + server.getAddress().getPort());
    }

    ScriptedHub then(Answer... told) {
        answers.addAll(List.of(told));
        return this;
    }

    List<Request> requests() {
        return List.copyOf(requests);
    }

    /** Requests are taken, but not answered until they are let through. */
    void hold() {
        gate.drainPermits();
    }

    void letThrough(int count) {
        gate.release(count);
    }

    @Override
    public void close() {
        letThrough(1_000_000);
        server.stop(0);
        threads.shutdownNow();
    }

    private void answer(HttpExchange exchange) throws IOException {
        byte[] body = exchange.getRequestBody().readAllBytes();
        requests.add(new Request(exchange.getRequestMethod() + ' ' + exchange.getRequestURI(),
                exchange.getRequestHeaders().getFirst("Authorization"),
                CanonicalJson.read(body), System.nanoTime() / 1_000_000));
        try {
            gate.tryAcquire(60, TimeUnit.SECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        Answer answer;
        synchronized (answers) {
            answer = answers.size() > 1 ? answers.poll() : answers.peek();
        }
        if (answer.status() == 0) {
            exchange.close();
            return;
        }
        byte[] bytes = answer.body().getBytes(StandardCharsets.UTF_8);
        exchange.getResponseHeaders().add("Content-Type", "application/json");
        answer.headers().forEach(exchange.getResponseHeaders()::add);
        exchange.sendResponseHeaders(answer.status(), bytes.length);
        exchange.getResponseBody().write(bytes);
        exchange.close();
    }
}
