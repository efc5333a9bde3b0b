package io.adaos.hub.marketplace.catalogview;

import io.adaos.hub.runtime.bus.EventCodec;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import org.eclipse.microprofile.reactive.messaging.Incoming;

/** Hands the registry's facts and heads to the view; what is missed here is listed again. */
@ApplicationScoped
public class CatalogEventConsumer {

    private final CatalogViewService catalog;

    CatalogEventConsumer(CatalogViewService catalog) {
        this.catalog = catalog;
    }

    @Incoming("catalog-events")
    Uni<Void> onEvent(byte[] message) {
        catalog.onEvent(EventCodec.decode(message));
        return Uni.createFrom().voidItem();
    }

    @Incoming("registry-heads")
    Uni<Void> onHead(byte[] message) {
        catalog.onHead(EventCodec.decodeHead(message));
        return Uni.createFrom().voidItem();
    }
}
