package io.adaos.hub.projection.platform;

import com.fasterxml.jackson.databind.JsonNode;
import io.adaos.hub.contracts.bus.EventEnvelope;
import io.adaos.hub.contracts.bus.ServiceHead;
import io.adaos.hub.projection.operationview.OperationProjectionService;
import io.adaos.hub.projection.rules.follow.InstalledRulesService;
import io.adaos.hub.projection.stream.market.MarketStreamService;
import io.adaos.hub.runtime.bus.EventCodec;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import org.eclipse.microprofile.reactive.messaging.Incoming;

/** Hands facts and heads of operations-service to all that follow it; missed ones are listed. */
@ApplicationScoped
public class OperationsConsumer {

    private final OperationProjectionService operations;
    private final InstalledRulesService rules;
    private final MarketStreamService market;

    OperationsConsumer(OperationProjectionService operations, InstalledRulesService rules,
            MarketStreamService market) {
        this.operations = operations;
        this.rules = rules;
        this.market = market;
    }

    @Incoming("operation-events")
    Uni<Void> onEvent(byte[] message) {
        EventEnvelope<JsonNode> event = EventCodec.decode(message);
        operations.onEvent(event);
        rules.onEvent(event);
        market.onEvent(event);
        return Uni.createFrom().voidItem();
    }

    @Incoming("operations-heads")
    Uni<Void> onHead(byte[] message) {
        ServiceHead head = EventCodec.decodeHead(message);
        operations.onHead(head);
        rules.onHead(head);
        market.onHead(head);
        return Uni.createFrom().voidItem();
    }
}
