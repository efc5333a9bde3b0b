package io.adaos.hub.projection.operationview;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import io.adaos.hub.contracts.bus.EventEnvelope;
import io.adaos.hub.contracts.bus.HubSubjects;
import io.adaos.hub.contracts.bus.ServiceHead;
import io.adaos.hub.contracts.notification.NotificationPage;
import io.adaos.hub.contracts.notification.OperationNotification;
import io.adaos.hub.contracts.operation.OperationChanged;
import io.adaos.hub.contracts.operation.OperationPage;
import io.adaos.hub.contracts.operation.OperationState;
import io.adaos.hub.runtime.bus.EventCodec;
import io.adaos.hub.runtime.bus.StreamDefinitions;
import io.adaos.hub.runtime.http.Etags;
import io.adaos.hub.testing.HubTestResource;
import io.nats.client.Connection;
import io.nats.client.JetStreamApiException;
import io.nats.client.Nats;
import io.quarkus.test.common.QuarkusTestResourceLifecycleManager;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;

/** An operations-service that lists over real HTTP and publishes on real NATS; and a registry. */
public final class OperationsUpstream implements QuarkusTestResourceLifecycleManager {

    static final String EPOCH = "epoch-1";
    private static final String SERVICE = "operations-service";

    private static OperationsUpstream current;      // null before the first start

    private final Map<String, OperationState> operations = new LinkedHashMap<>();
    private final Map<String, OperationNotification> notifications = new LinkedHashMap<>();
    private final ScheduledExecutorService heart = Executors.newSingleThreadScheduledExecutor();
    private final LogShelf logs = new LogShelf();
    private HttpServer server;        // null while stopped
    private InstalledShelf shelf;     // null before the start
    private CatalogShelf catalog;     // null before the start
    private Connection connection;    // null before it is needed
    private long sequence;
    private int lists;
    private volatile boolean cut;

    /** The service the application under test follows. */
    public static OperationsUpstream get() {
        return current;
    }

    @Override
    public Map<String, String> start() {
        current = this;
        try {
            server = HttpServer.create(
                    new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        server.createContext("/v1/operations", exchange -> answer(exchange,
                exchange.getRequestURI().getPath().endsWith("/log")
                        ? logs.page(exchange) : operationPage(query(exchange))));
        server.setExecutor(Executors.newCachedThreadPool());
        server.createContext("/v1/notifications",
                exchange -> answer(exchange, notificationPage(query(exchange))));
        shelf = new InstalledShelf(this, server);
        catalog = new CatalogShelf(this, server);
        server.start();
        heart.scheduleWithFixedDelay(this::beat, 500, 500, TimeUnit.MILLISECONDS);
        String url = "http://127.0.0.1:" + server.getAddress().getPort();
        return Map.of("hub.operations.url", url, "quarkus.rest-client.registry.url", url);
    }

    /** What is installed, and the registry it comes from. */
    public InstalledShelf shelf() {
        return shelf;
    }

    /** The logs of operations. */
    public LogShelf logs() {
        return logs;
    }

    /** Where the registry is. */
    public CatalogShelf catalog() {
        return catalog;
    }

    /** Takes the next number and publishes a fact about an installed artifact. */
    void tell(String subject, Object fact) {
        synchronized (this) {
            sequence++;
        }
        try {
            publish(subject, "io.adaos.hub.operation.installed.v1", fact);
        } catch (IOException | JetStreamApiException e) {
            throw new IllegalStateException(e);
        }
    }

    synchronized long sequence() {
        return sequence;
    }

    @Override
    public void stop() {
        heart.shutdownNow();
        server.stop(0);
    }

    /** Stores a revision and publishes the fact. */
    public void change(OperationState operation) throws IOException, JetStreamApiException {
        synchronized (this) {
            operations.put(operation.operationId().value(), operation);
            sequence++;
        }
        publish(HubSubjects.operationChanged(operation.webspaceId(), operation.operationId()),
                "io.adaos.hub.operation.changed.v1", new OperationChanged(operation));
    }

    /** Stores a notification and publishes the fact. */
    public void say(OperationNotification notification)
            throws IOException, JetStreamApiException {
        synchronized (this) {
            notifications.put(notification.id(), notification);
            sequence++;
        }
        publish(HubSubjects.operationNotified(notification.webspaceId(), notification.id()),
                "io.adaos.hub.operation.notified.v1", notification);
    }

    /** As if a fact had got lost: everybody must list again. */
    public synchronized void loseFact() {
        sequence++;
    }

    /** Answers no list any more, and its heads tell of another history: what was read is over. */
    public void cut() {
        cut = true;
    }

    /** The same service as before. */
    public void heal() {
        cut = false;
    }

    boolean isCut() {
        return cut;
    }

    /** Lists answered so far. */
    public synchronized int lists() {
        return lists;
    }

    private synchronized OperationPage operationPage(Map<String, String> query) {
        boolean ended = query.getOrDefault("status", "").equals("ended");
        String webspace = query.get("webspace_id");
        List<OperationState> found = new ArrayList<>(operations.values().stream()
                .filter(each -> each.status().isTerminal() == ended)
                .filter(each -> webspace == null || each.webspaceId().value().equals(webspace))
                .toList());
        if (query.getOrDefault("order", "asc").equals("ended")) {
            found.sort(Comparator.comparing(OperationState::finishedAt).reversed());
        }
        lists += ended ? 0 : 1;
        return new OperationPage(EPOCH, sequence,
                found.subList(0, Math.min(found.size(), limit(query))), null);
    }

    private synchronized NotificationPage notificationPage(Map<String, String> query) {
        String webspace = query.get("webspace_id");
        List<OperationNotification> found = notifications.values().stream()
                .filter(each -> webspace == null || each.webspaceId().value().equals(webspace))
                .toList();
        return new NotificationPage(EPOCH, sequence,
                found.subList(Math.max(0, found.size() - limit(query)), found.size()));
    }

    private static int limit(Map<String, String> query) {
        return Integer.parseInt(query.getOrDefault("limit", "50"));
    }

    static Map<String, String> query(HttpExchange exchange) {
        Map<String, String> query = new HashMap<>();
        String raw = exchange.getRequestURI().getQuery();
        for (String pair : raw == null ? new String[0] : raw.split("&")) {
            String[] parts = pair.split("=", 2);
            query.put(parts[0], parts.length == 2 ? parts[1] : "");
        }
        return query;
    }

    private void answer(HttpExchange exchange, Object page) throws IOException {
        try (exchange) {
            byte[] body = EventCodec.encode(page);
            exchange.getResponseHeaders().set("Content-Type", "application/json");
            exchange.getResponseHeaders().set("ETag",
                    Etags.weakOf(EPOCH, sequence, exchange.getRequestURI().getQuery()));
            exchange.sendResponseHeaders(cut ? 503 : 200, body.length);
            exchange.getResponseBody().write(body);
        }
    }

    private void publish(String subject, String type, Object data)
            throws IOException, JetStreamApiException {
        EventEnvelope<Object> event = new EventEnvelope<>(EventEnvelope.SPEC_VERSION,
                UUID.randomUUID().toString(), SERVICE, type, subject, Instant.now(),
                EventEnvelope.JSON, EPOCH, sequence, null, data);
        connection().jetStream().publish(subject, EventCodec.encode(event));
    }

    private void beat() {
        try {
            connection().publish(HubSubjects.head(SERVICE),
                    EventCodec.encode(new ServiceHead(
                            SERVICE, cut ? "epoch-2" : EPOCH, sequence)));
            catalog.beat();
        } catch (IOException | JetStreamApiException e) {
            throw new IllegalStateException(e);
        }
    }

    /** To the bus of the application under test. */
    public synchronized Connection connection() throws IOException, JetStreamApiException {
        if (connection == null) {
            try {
                connection = Nats.connect(HubTestResource.nats().url());
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                throw new IllegalStateException(e);
            }
            new StreamDefinitions(SERVICE, StreamDefinitions.Limits.DEFAULT).ensure(connection);
        }
        return connection;
    }
}
