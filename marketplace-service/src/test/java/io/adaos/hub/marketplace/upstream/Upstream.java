package io.adaos.hub.marketplace.upstream;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import io.adaos.hub.contracts.bus.ServiceHead;
import io.adaos.hub.runtime.http.Etags;
import io.adaos.hub.runtime.http.HubJson;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executors;
import java.util.stream.Collectors;

/** A small service that keeps numbered state and lists it over real HTTP, as the hub's do. */
public final class Upstream implements AutoCloseable {

    private final String service;
    private final HttpServer server;
    private final Map<String, Object> items = new LinkedHashMap<>();
    private final Map<String, Route> routes = new ConcurrentHashMap<>();
    private String epoch = "epoch-1";
    private long sequence;
    private volatile boolean up;
    private int lists;
    private String authorization = "";

    private Upstream(String service, HttpServer server) {
        this.service = service;
        this.server = server;
    }

    /** Starts listening; every request is refused with 503 until {@link #up}. */
    public static Upstream start(String service, String path) {
        try {
            HttpServer server = HttpServer.create(
                    new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
            Upstream upstream = new Upstream(service, server);
            server.createContext(path, upstream::answer);
            server.setExecutor(Executors.newCachedThreadPool());
            server.start();
            return upstream;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** What a path other than that of the list answers, while this is up. */
    public interface Route {

        /** The answer to a request with this credential and body. */
        Reply reply(HttpExchange exchange, String body);
    }

    /** An answer of a route. */
    public record Reply(int status, Object body) {
    }

    /** From now on this path is answered so. */
    public synchronized void route(String path, Route route) {
        if (routes.put(path, route) == null) {
            server.createContext(path, exchange -> answer(exchange, path));
        }
    }

    public String url() {
        return "http://127.0.0.1:" + server.getAddress().getPort();
    }

    public synchronized void up() {
        up = true;
    }

    public synchronized void down() {
        up = false;
    }

    /** Changes one item, which is the next fact; the answer is its number. */
    public synchronized long put(String key, Object item) {
        items.put(key, item);
        return ++sequence;
    }

    /** Takes one item away, which is the next fact. */
    public synchronized long remove(String key) {
        items.remove(key);
        return ++sequence;
    }

    /** A fact about something that is not listed. */
    public synchronized long skip() {
        return ++sequence;
    }

    /** As if the database had been replaced by another one with these items. */
    public synchronized void replaceDatabase(String newEpoch, Map<String, ?> newItems) {
        epoch = newEpoch;
        sequence = newItems.size();
        items.clear();
        items.putAll(newItems);
    }

    /** Where the facts are. */
    public synchronized ServiceHead head() {
        return new ServiceHead(service, epoch, sequence);
    }

    /** Whole lists answered so far; a page that is not the first does not count. */
    public synchronized int lists() {
        return lists;
    }

    /** The credential of the last request. */
    public synchronized String authorization() {
        return authorization;
    }

    @Override
    public void close() {
        server.stop(0);
    }

    private void answer(HttpExchange exchange, String path) throws IOException {
        try (exchange) {
            String body = new String(
                    exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8);
            Reply reply = reply(exchange, path, body);
            byte[] bytes = HubJson.mapper().writeValueAsBytes(reply.body());
            exchange.getResponseHeaders().set("Content-Type", reply.status() < 400
                    ? "application/json" : "application/problem+json");
            exchange.sendResponseHeaders(reply.status(), bytes.length);
            exchange.getResponseBody().write(bytes);
        }
    }

    /** Like a service, it has JSON and nothing else. */
    private Reply reply(HttpExchange exchange, String path, String body) throws IOException {
        String accept = exchange.getRequestHeaders().getFirst("Accept");
        if (accept != null && !accept.contains("application/json") && !accept.contains("*/*")) {
            return new Reply(406, Map.of("code", "not_acceptable"));
        }
        return up ? routes.get(path).reply(exchange, body) : new Reply(503, Map.of());
    }

    private void answer(HttpExchange exchange) throws IOException {
        try (exchange) {
            exchange.getRequestBody().readAllBytes();
            Answer answer = decide(exchange);
            if (answer.etag() != null) {
                exchange.getResponseHeaders().set("ETag", answer.etag());
            }
            exchange.getResponseHeaders().set("Content-Type", "application/json");
            exchange.sendResponseHeaders(
                    answer.status(), answer.body().length == 0 ? -1 : answer.body().length);
            exchange.getResponseBody().write(answer.body());
        }
    }

    /** One HTTP answer. */
    private record Answer(int status, String etag, byte[] body) {
    }

    private synchronized Answer decide(HttpExchange exchange) throws IOException {
        if (!up) {
            return new Answer(503, null, new byte[0]);
        }
        authorization = String.valueOf(exchange.getRequestHeaders().getFirst("Authorization"));
        String etag = Etags.weakOf(epoch, sequence, exchange.getRequestURI().getQuery());
        if (Etags.matches(exchange.getRequestHeaders().getFirst("If-None-Match"), etag)) {
            return new Answer(304, etag, new byte[0]);
        }
        Map<String, String> query = query(exchange.getRequestURI().getQuery());
        int offset = Integer.parseInt(query.getOrDefault("offset", "0"));
        int limit = Integer.parseInt(query.getOrDefault("limit", "100000"));
        lists += offset == 0 ? 1 : 0;
        List<Object> all = new ArrayList<>(items.values());
        Map<String, Object> page = new LinkedHashMap<>();
        page.put("epoch", epoch);
        page.put("sequence", sequence);
        page.put("items", all.subList(
                Math.min(offset, all.size()), Math.min(offset + limit, all.size())));
        page.put("offset", offset);
        page.put("limit", limit);
        page.put("total", all.size());
        return new Answer(200, etag, HubJson.mapper().writeValueAsBytes(page));
    }

    private static Map<String, String> query(String text) {
        return text == null ? Map.of() : Arrays.stream(text.split("&"))
                .map(pair -> pair.split("=", 2))
                .collect(Collectors.toMap(pair -> pair[0], pair -> pair[1]));
    }
}
