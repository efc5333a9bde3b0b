package io.adaos.hub.marketplace.catalogview;

import com.fasterxml.jackson.databind.JsonNode;
import io.adaos.hub.contracts.bus.EventEnvelope;
import io.adaos.hub.contracts.bus.ServiceHead;
import io.adaos.hub.contracts.catalog.CatalogEntryUpserted;
import io.adaos.hub.runtime.bus.EventCodec;
import io.adaos.hub.runtime.outbox.FollowState;
import io.adaos.hub.runtime.outbox.SequencedReader;
import io.quarkus.runtime.ShutdownEvent;
import io.quarkus.runtime.StartupEvent;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import java.util.List;

/** Follows the registry and holds the newest view of its catalog. */
@ApplicationScoped
public class CatalogViewService {

    private static final String UPSERTED = "io.adaos.hub.catalog.upserted.v1";

    private final SequencedReader<List<CatalogItem>> reader;
    private volatile CatalogView view = CatalogView.empty();

    CatalogViewService(HttpCatalogLoader loader) {
        this.reader = new SequencedReader<>("catalog",
                ifNoneMatch -> loader.list(ifNoneMatch, item -> view.known(item)), new Sink());
    }

    void onStart(@Observes StartupEvent event) {
        reader.start();
    }

    void onStop(@Observes ShutdownEvent event) {
        reader.close();
    }

    /** The newest view; empty before the first list. It holds at least what {@link #state} says. */
    public CatalogView view() {
        return view;
    }

    /** How current the view is; read it before the view. */
    public FollowState state() {
        return reader.state();
    }

    void onEvent(EventEnvelope<JsonNode> event) {
        reader.onEvent(event);
    }

    void onHead(ServiceHead head) {
        reader.onHead(head);
    }

    /** Swaps the view; called by the reader alone, one call at a time. */
    private final class Sink implements SequencedReader.Sink<List<CatalogItem>> {

        @Override
        public void replace(List<CatalogItem> items) {
            view = view.replacedBy(items);
        }

        @Override
        public void apply(EventEnvelope<JsonNode> event) {
            if (UPSERTED.equals(event.type())) {
                view = view.with(EventCodec.data(event, CatalogEntryUpserted.class));
            }
        }
    }
}
