package io.adaos.hub.sdk;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import io.adaos.hub.contracts.id.NodeId;
import io.adaos.hub.contracts.id.WebspaceId;
import io.adaos.hub.sdk.wire.CanonicalJson;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

class StreamDemandTest {

    private static final String CHANGED = "webio.stream.subscription.changed";
    private static final String REQUESTED = "webio.stream.snapshot.requested";
    private static final StreamReceiver LOG = new StreamReceiver(WebspaceId.DESKTOP, "rain.log");

    private final StreamDemand demand = new StreamDemand(Optional.empty());

    @Test
    void whatIsNotKnown_isWanted() {
        // Given
        boolean before = demand.isWanted(LOG);

        // When
        demand.known(true);

        // Then
        assertTrue(before);
        assertFalse(demand.isWanted(LOG));
        demand.known(false);
        assertTrue(demand.isWanted(LOG));
    }

    @Test
    void listeners_comeAndGo_byNameBeginningWebspaceAndNode() {
        // Given
        demand.known(true);

        // When
        heard(CHANGED, "subscribed", "desktop", "rain.*", "");

        // Then
        assertTrue(demand.isWanted(LOG));
        assertFalse(demand.isWanted(new StreamReceiver(new WebspaceId("other"), "rain.log")));
        assertFalse(demand.isWanted(new StreamReceiver(WebspaceId.DESKTOP, "sun.log")));
        heard(CHANGED, "unsubscribed", "desktop", "rain.*", "");
        heard(CHANGED, "subscribed", "desktop", "rain.log", "kitchen");
        assertFalse(demand.isWanted(LOG));
        StreamDemand kitchen = new StreamDemand(Optional.of(new NodeId("kitchen")));
        kitchen.known(true);
        kitchen.heard(CHANGED, payload("subscribed", "desktop", "rain.log", "kitchen"));
        assertTrue(kitchen.isWanted(LOG));
    }

    @Test
    void value_isMade_whenItIsAskedFor_whenSomebodyComes_andWhenSomebodyIsThere() {
        // Given
        AtomicInteger made = new AtomicInteger();
        demand.known(true);
        demand.onRequest(LOG, made::incrementAndGet);

        // When
        heard(REQUESTED, "", "desktop", "rain.log", "");
        heard(REQUESTED, "", "desktop", "rain.other", "");
        heard(REQUESTED, "", "desktop", "rain.log", "kitchen");
        heard(CHANGED, "subscribed", "desktop", "rain.*", "");
        heard(CHANGED, "unsubscribed", "desktop", "sun.*", "");
        demand.onRequest(new StreamReceiver(WebspaceId.DESKTOP, "rain.next"),
                made::incrementAndGet);

        // Then
        assertEquals(3, made.get());
    }

    private void heard(String kind, String action, String webspace, String... of) {
        demand.heard(kind, payload(action, webspace, of));
    }

    private static JsonNode payload(
            String action, String webspace, String... of) {
        String node = of[1].isEmpty() ? "" : ",\"node_id\":\"" + of[1] + '"';
        return CanonicalJson.read("""
                {"action": "%s", "webspace_id": "%s", "receiver": "%s"%s}"""
                .formatted(action, webspace, of[0], node).getBytes(StandardCharsets.UTF_8));
    }
}
