package io.adaos.hub.projection.stream.market;

import com.fasterxml.jackson.databind.JsonNode;
import io.adaos.hub.contracts.bus.EventEnvelope;
import io.adaos.hub.contracts.bus.ServiceHead;
import io.adaos.hub.contracts.catalog.ArtifactKind;
import io.adaos.hub.contracts.catalog.CatalogEntry;
import io.adaos.hub.contracts.catalog.CatalogEntryUpserted;
import io.adaos.hub.contracts.operation.InstalledArtifact;
import io.adaos.hub.contracts.operation.InstalledChanged;
import io.adaos.hub.projection.stream.CoreStream;
import io.adaos.hub.projection.stream.market.ChangeBatch.Change;
import io.adaos.hub.projection.stream.message.StreamMessage;
import io.adaos.hub.projection.stream.publish.StreamService;
import io.adaos.hub.projection.stream.topic.StreamTopic;
import io.adaos.hub.runtime.bus.EventCodec;
import io.adaos.hub.runtime.outbox.FollowState;
import io.adaos.hub.runtime.outbox.SequencedReader;
import io.quarkus.runtime.ShutdownEvent;
import io.quarkus.runtime.StartupEvent;
import io.quarkus.runtime.annotations.RegisterForReflection;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import java.util.List;
import java.util.function.Consumer;
import java.util.stream.Stream;

/**
 * Tells who looks at the marketplace that it may answer otherwise than before: follows the catalog
 * and what is installed, and publishes what has changed.
 */
@ApplicationScoped
@RegisterForReflection(targets = {CatalogEntryUpserted.class, InstalledChanged.class,
    ChangeBatch.Told.class, Change.class, HttpPositions.Position.class})
public class MarketStreamService {

    private static final String UPSERTED = "io.adaos.hub.catalog.upserted.v1";
    private static final String INSTALLED = "io.adaos.hub.operation.installed.v1";
    private static final String RECEIVERS = "infrastate.marketplace.";
    private static final long LOOK_MILLIS = 1_000;

    private final StreamService streams;
    private final MarketSource registry = new MarketSource("registry");
    private final MarketSource operations = new MarketSource("operations");
    private final SequencedReader<HttpPositions.Position> catalog;
    private final SequencedReader<HttpPositions.Position> installed;

    MarketStreamService(HttpPositions positions, StreamService streams) {
        this.streams = streams;
        this.catalog = new SequencedReader<>("market-catalog", positions::registry,
                new Sink(registry, this::onCatalog));
        this.installed = new SequencedReader<>("market-installed", positions::operations,
                new Sink(operations, this::onInstalled));
    }

    void onStart(@Observes StartupEvent event) {
        streams.hub().add(new Rows());
        catalog.start();
        installed.start();
        streams.every(LOOK_MILLIS, this::look);
    }

    void onStop(@Observes ShutdownEvent event) {
        catalog.close();
        installed.close();
    }

    /** How current what is known of the catalog is. */
    public FollowState catalogState() {
        return catalog.state();
    }

    /** Takes a fact of registry-sync-service. */
    public void onCatalogEvent(EventEnvelope<JsonNode> event) {
        catalog.onEvent(event);
    }

    /** Takes a head of registry-sync-service. */
    public void onCatalogHead(ServiceHead head) {
        catalog.onHead(head);
    }

    /** Takes a fact of operations-service. */
    public void onEvent(EventEnvelope<JsonNode> event) {
        installed.onEvent(event);
    }

    /** Takes a head of operations-service. */
    public void onHead(ServiceHead head) {
        installed.onHead(head);
    }

    /** What a source lists, and what it says afterwards. */
    private final class Sink implements SequencedReader.Sink<HttpPositions.Position> {

        private final MarketSource source;
        private final Consumer<EventEnvelope<JsonNode>> facts;

        Sink(MarketSource source, Consumer<EventEnvelope<JsonNode>> facts) {
            this.source = source;
            this.facts = facts;
        }

        @Override
        public void replace(HttpPositions.Position position) {
            source.listed(position.epoch(), position.sequence());
            tell();
        }

        @Override
        public void apply(EventEnvelope<JsonNode> event) {
            facts.accept(event);
            source.reached(event.epoch(), event.sequence());
            tell();
        }
    }

    private void onCatalog(EventEnvelope<JsonNode> event) {
        if (UPSERTED.equals(event.type())) {
            CatalogEntryUpserted fact = EventCodec.data(event, CatalogEntryUpserted.class);
            CatalogEntry entry = fact.entry();
            registry.changed(entry.kind(), new Change(entry.id(),
                    entry.revision() == null ? 0 : entry.revision(), fact.correlationId()));
        }
    }

    private void onInstalled(EventEnvelope<JsonNode> event) {
        if (INSTALLED.equals(event.type())) {
            InstalledArtifact artifact =
                    EventCodec.data(event, InstalledChanged.class).artifact();
            operations.changed(artifact.kind(),
                    new Change(artifact.id(), artifact.revision(), event.correlationId()));
        }
    }

    private void look() {
        registry.judged(catalog.state().freshness());
        operations.judged(installed.state().freshness());
        tell();
    }

    private void tell() {
        for (ArtifactKind kind : ArtifactKind.values()) {
            tell(registry, kind);
            tell(operations, kind);
        }
    }

    private void tell(MarketSource source, ArtifactKind kind) {
        long now = streams.nowMillis();
        MarketSource.Turn turn = source.turn(kind, now);
        turn.told().ifPresent(told -> streams.hub().tell(
                receiver(kind), topic -> source.message(topic, told, now)));
        turn.waitMillis().ifPresent(wait -> streams.after(wait, () -> tell(source, kind)));
    }

    private static String receiver(ArtifactKind kind) {
        return RECEIVERS + kind.plural();
    }

    /** Rows of skills and of scenarios. */
    private final class Rows implements CoreStream {

        @Override
        public List<String> receivers() {
            return Stream.of(ArtifactKind.values())
                    .map(MarketStreamService::receiver).toList();
        }

        @Override
        public List<StreamMessage> snapshot(StreamTopic topic) {
            return Stream.of(registry, operations)
                    .flatMap(source -> source.snapshot().stream()
                            .map(told -> source.message(topic, told, streams.nowMillis())))
                    .toList();
        }
    }
}
