package io.adaos.hub.runtime.outbox.relay;

import com.fasterxml.jackson.databind.JsonNode;
import io.adaos.hub.contracts.bus.EventEnvelope;
import io.adaos.hub.contracts.bus.HubStreams;
import io.adaos.hub.contracts.bus.HubSubjects;
import io.adaos.hub.contracts.id.ArtifactRef;
import io.adaos.hub.runtime.bus.EventCodec;
import io.adaos.hub.runtime.bus.NatsConnection;
import io.adaos.hub.runtime.bus.NatsSettings;
import io.adaos.hub.runtime.bus.StreamDefinitions;
import io.adaos.hub.runtime.outbox.OutboxEvent;
import io.adaos.hub.runtime.outbox.OutboxPosition;
import io.adaos.hub.runtime.outbox.OutboxSignal;
import io.adaos.hub.runtime.outbox.PgOutbox;
import io.adaos.hub.runtime.pg.AdvisoryLock;
import io.adaos.hub.runtime.pg.PgTransactions;
import io.adaos.hub.testing.TestNats;
import io.adaos.hub.testing.TestPostgres;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.nats.client.Connection;
import io.nats.client.Nats;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.core.Vertx;
import io.vertx.mutiny.pgclient.PgBuilder;
import io.vertx.mutiny.sqlclient.Pool;
import io.vertx.pgclient.PgConnectOptions;
import io.vertx.sqlclient.PoolOptions;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;

/** One service's outbox on real PostgreSQL and NATS, without a framework around it. */
final class OutboxFixture implements AutoCloseable {

    static final String SERVICE = "registry-sync-service";

    private static final Duration WAIT = Duration.ofSeconds(30);

    final Vertx vertx = Vertx.vertx();
    final TestNats nats;
    final String database;
    final Pool pool;
    final OutboxSignal signal = new OutboxSignal();
    final PgTransactions transactions;
    final PgOutbox outbox = new PgOutbox(signal);
    private final List<Runnable> opened = new ArrayList<>();

    private OutboxFixture(TestNats nats, String database) {
        this.nats = nats;
        this.database = database;
        this.pool = pool(database, vertx);
        this.transactions = new PgTransactions(pool, signal);
    }

    static OutboxFixture fresh() throws IOException {
        return with(TestNats.start());
    }

    static OutboxFixture with(TestNats nats) throws IOException {
        OutboxFixture fixture = new OutboxFixture(nats, TestPostgres.freshDatabase());
        try (InputStream script =
                OutboxFixture.class.getResourceAsStream("/db/outbox/V1__outbox.sql")) {
            String sql = new String(script.readAllBytes(), StandardCharsets.UTF_8);
            fixture.pool.query(sql).execute().await().atMost(WAIT);
        }
        return fixture;
    }

    /** A relay that works, as in a running process; the last one started hears of commits. */
    OutboxRelay relay() {
        NatsConnection connection = new NatsConnection(NatsSettings.of(nats.url(), SERVICE));
        StreamDefinitions streams =
                new StreamDefinitions(SERVICE, StreamDefinitions.Limits.DEFAULT);
        OutboxRelay relay = new OutboxRelay(pool,
                new AdvisoryLock(vertx, () -> PgConnectOptions.fromUri(database),
                        OutboxRelay.CHANNEL),
                new NatsFactPublisher(connection, streams, SERVICE), new SimpleMeterRegistry());
        signal.onCommit(relay::committed);
        connection.onConnected(relay::busConnected);
        connection.open();
        relay.start();
        opened.add(0, connection::close);
        opened.add(0, relay::close);
        return relay;
    }

    /** Runs beside the test on a thread of its own, which knows the test's class loader. */
    static CompletableFuture<Void> aside(Runnable work) {
        return CompletableFuture.runAsync(work, task -> new Thread(task, "aside").start());
    }

    void append(String id) {
        transactions.write(tx -> outbox.append(tx, event(id))).await().atMost(WAIT);
    }

    /** A transaction that fails after it has taken an id of the table. */
    void appendAndRollBack(String id) {
        transactions.write(tx -> outbox.append(tx, event(id))
                        .chain(() -> Uni.createFrom().<Void>failure(new IllegalStateException())))
                .onFailure(IllegalStateException.class).recoverWithNull()
                .await().atMost(WAIT);
    }

    static OutboxEvent event(String id) {
        return new OutboxEvent(HubSubjects.catalogUpserted(new ArtifactRef("skill", id)),
                "io.adaos.hub.catalog.upserted.v1", id, "corr-" + id, Map.of("id", id));
    }

    OutboxPosition position() {
        return transactions.snapshot(outbox::position).await().atMost(WAIT);
    }

    Map<String, Object> health() {
        return new PgRelayStore(pool).health().await().atMost(WAIT);
    }

    /** Everything on the stream, in its order. */
    List<EventEnvelope<JsonNode>> onStream() throws Exception {
        Connection connection = Nats.connect(nats.url());
        try {
            var context = connection.getStreamContext(HubStreams.HUB_CATALOG.name());
            var state = context.getStreamInfo().getStreamState();
            List<EventEnvelope<JsonNode>> events = new ArrayList<>();
            for (long at = state.getFirstSequence(); at <= state.getLastSequence(); at++) {
                events.add(EventCodec.decode(context.getMessage(at).getData()));
            }
            return events;
        } finally {
            connection.close();
        }
    }

    List<Long> sequencesOnStream() throws Exception {
        return onStream().stream().map(EventEnvelope::sequence).toList();
    }

    @Override
    public void close() {
        opened.forEach(Runnable::run);
        pool.close().await().atMost(WAIT);
        vertx.close().await().atMost(WAIT);
        nats.close();
    }

    private static Pool pool(String database, Vertx vertx) {
        return PgBuilder.pool()
                .with(new PoolOptions().setMaxSize(20))
                .connectingTo(PgConnectOptions.fromUri(database))
                .using(vertx)
                .build();
    }
}
