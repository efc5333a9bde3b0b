package io.adaos.hub.runtime.http;

import io.adaos.hub.runtime.bus.EventCodec;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.eclipse.microprofile.reactive.messaging.Incoming;

/** Keeps what came over the channels of the test application. */
@ApplicationScoped
public class ReceivedFacts {

    private final List<String> keys = new CopyOnWriteArrayList<>();
    private final List<Long> heads = new CopyOnWriteArrayList<>();

    @Incoming("test-events")
    Uni<Void> onEvent(byte[] message) {
        keys.add(EventCodec.decode(message).subject());
        return Uni.createFrom().voidItem();
    }

    @Incoming("test-heads")
    void onHead(byte[] bytes) {
        heads.add(EventCodec.decodeHead(bytes).sequence());
    }

    List<String> keys() {
        return keys;
    }

    List<Long> heads() {
        return heads;
    }
}
