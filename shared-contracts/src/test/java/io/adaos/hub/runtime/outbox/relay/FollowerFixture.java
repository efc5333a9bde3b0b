package io.adaos.hub.runtime.outbox.relay;

import com.fasterxml.jackson.databind.JsonNode;
import io.adaos.hub.contracts.bus.EventEnvelope;
import io.adaos.hub.contracts.bus.HubSubjects;
import io.adaos.hub.runtime.bus.EventCodec;
import io.adaos.hub.runtime.bus.channel.TestChannels;
import io.adaos.hub.runtime.outbox.Listing;
import io.adaos.hub.runtime.outbox.OutboxPosition;
import io.adaos.hub.runtime.outbox.SequencedReader;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.SqlConnection;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * A reader of the keys in another process's outbox: lists from its database, watches its streams,
 * and notes whenever the rules of following are broken.
 */
final class FollowerFixture implements AutoCloseable, SequencedReader.Sink<List<String>> {

    private final OutboxFixture owner;
    private final TestChannels channels;
    private final SequencedReader<List<String>> reader;
    private final Set<String> keys = ConcurrentHashMap.newKeySet();
    private final List<String> faults = new CopyOnWriteArrayList<>();
    private final AtomicInteger unchanged = new AtomicInteger();
    private final AtomicInteger inside = new AtomicInteger();
    private volatile boolean broken;
    private volatile boolean failing;

    FollowerFixture(OutboxFixture owner) {
        this.owner = owner;
        this.channels = new TestChannels(owner.nats.url());
        this.reader = new SequencedReader<>("test", this::list, this);
    }

    void start() {
        channels.ordered("HUB_CATALOG", bytes -> reader.onEvent(EventCodec.decode(bytes)));
        channels.core(HubSubjects.head(OutboxFixture.SERVICE),
                bytes -> reader.onHead(EventCodec.decodeHead(bytes)));
        reader.start();
    }

    SequencedReader<List<String>> reader() {
        return reader;
    }

    Set<String> keys() {
        return keys;
    }

    List<String> faults() {
        return faults;
    }

    int unchanged() {
        return unchanged.get();
    }

    void breakLists(boolean now) {
        broken = now;
    }

    void failNextApply() {
        failing = true;
    }

    @Override
    public void replace(List<String> payload) {
        alone(() -> {
            keys.clear();
            keys.addAll(payload);
        });
    }

    @Override
    public void apply(EventEnvelope<JsonNode> event) {
        alone(() -> {
            if (failing) {
                failing = false;
                throw new IllegalStateException("the sink is broken, as asked");
            }
            keys.add(event.subject());
        });
    }

    @Override
    public void close() {
        reader.close();
        channels.close();
    }

    private Uni<Listing<List<String>>> list(Optional<String> ifNoneMatch) {
        if (broken) {
            return Uni.createFrom().failure(new IllegalStateException("the owner is away"));
        }
        return owner.transactions.snapshot(tx -> owner.outbox.position(tx)
                .chain(position -> keys(tx).map(found -> answer(ifNoneMatch, position, found))));
    }

    private Listing<List<String>> answer(
            Optional<String> ifNoneMatch, OutboxPosition position, List<String> found) {
        String etag = position.epoch() + "-" + position.sequence() + "-" + found.size();
        if (ifNoneMatch.equals(Optional.of(etag))) {
            unchanged.incrementAndGet();
            return new Listing.Unchanged<>();
        }
        return new Listing.Listed<>(position.epoch(), position.sequence(), etag, found);
    }

    private static Uni<List<String>> keys(SqlConnection tx) {
        return tx.query("SELECT key FROM outbox").execute().map(rows -> {
            List<String> found = new ArrayList<>();
            rows.forEach(row -> found.add(row.getString(0)));
            return found;
        });
    }

    private void alone(Runnable step) {
        if (inside.incrementAndGet() != 1) {
            faults.add("two calls of the sink at once");
        }
        try {
            step.run();
        } finally {
            inside.decrementAndGet();
        }
    }
}
