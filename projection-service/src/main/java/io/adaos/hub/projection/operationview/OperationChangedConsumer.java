package io.adaos.hub.projection.operationview;

import io.adaos.hub.runtime.bus.EventCodec;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import org.eclipse.microprofile.reactive.messaging.Incoming;

/** Hands the facts and heads of operations-service to the view; what is missed is listed again. */
@ApplicationScoped
public class OperationChangedConsumer {

    private final OperationProjectionService operations;

    OperationChangedConsumer(OperationProjectionService operations) {
        this.operations = operations;
    }

    @Incoming("operation-events")
    Uni<Void> onEvent(byte[] message) {
        operations.onEvent(EventCodec.decode(message));
        return Uni.createFrom().voidItem();
    }

    @Incoming("operations-heads")
    Uni<Void> onHead(byte[] message) {
        operations.onHead(EventCodec.decodeHead(message));
        return Uni.createFrom().voidItem();
    }
}
