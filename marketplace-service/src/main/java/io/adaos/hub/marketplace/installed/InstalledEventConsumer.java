package io.adaos.hub.marketplace.installed;

import io.adaos.hub.runtime.bus.EventCodec;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import org.eclipse.microprofile.reactive.messaging.Incoming;

/** Hands the facts and heads of operations-service to the view; what is missed is listed again. */
@ApplicationScoped
public class InstalledEventConsumer {

    private final InstalledViewService installed;

    InstalledEventConsumer(InstalledViewService installed) {
        this.installed = installed;
    }

    @Incoming("operation-events")
    Uni<Void> onEvent(byte[] message) {
        installed.onEvent(EventCodec.decode(message));
        return Uni.createFrom().voidItem();
    }

    @Incoming("operations-heads")
    Uni<Void> onHead(byte[] message) {
        installed.onHead(EventCodec.decodeHead(message));
        return Uni.createFrom().voidItem();
    }
}
