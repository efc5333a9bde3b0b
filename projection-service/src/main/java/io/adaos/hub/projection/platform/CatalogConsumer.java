package io.adaos.hub.projection.platform;

import io.adaos.hub.projection.stream.market.MarketStreamService;
import io.adaos.hub.runtime.bus.EventCodec;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import org.eclipse.microprofile.reactive.messaging.Incoming;

/** Hands facts and heads of registry-sync-service on; missed ones are listed. */
@ApplicationScoped
public class CatalogConsumer {

    private final MarketStreamService market;

    CatalogConsumer(MarketStreamService market) {
        this.market = market;
    }

    @Incoming("catalog-events")
    Uni<Void> onEvent(byte[] message) {
        market.onCatalogEvent(EventCodec.decode(message));
        return Uni.createFrom().voidItem();
    }

    @Incoming("registry-heads")
    Uni<Void> onHead(byte[] message) {
        market.onCatalogHead(EventCodec.decodeHead(message));
        return Uni.createFrom().voidItem();
    }
}
