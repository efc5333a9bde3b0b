package io.adaos.hub.sdk;

import com.fasterxml.jackson.databind.JsonNode;
import io.adaos.hub.contracts.id.NodeId;
import io.adaos.hub.sdk.wire.HubSocket;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;

/** Who listens to the skill's streams, as far as the hub has said so on this connection. */
final class StreamDemand implements AutoCloseable {

    private static final String CHANGED = "webio.stream.subscription.changed";
    private static final String REQUESTED = "webio.stream.snapshot.requested";
    private static final int SUBSCRIPTIONS_MAX = 10_000;

    private final Optional<NodeId> node;
    private final Map<StreamReceiver, Runnable> requests = new HashMap<>();
    private final Set<Listened> listened = new HashSet<>();
    private Optional<HubSocket> socket = Optional.empty();
    /** Whether {@code listened} is the whole truth. */
    private boolean isKnown;
    private boolean isClosed;

    StreamDemand(Optional<NodeId> node) {
        this.node = node;
    }

    private record Listened(String webspace, String receiver, String node) {
    }

    /** Opens the socket unless it is there. */
    synchronized void open(Supplier<HubSocket> opening) {
        if (socket.isEmpty() && !isClosed) {
            HubSocket opened = opening.get();
            socket = Optional.of(opened);
            opened.open(List.of(CHANGED, REQUESTED), new HubSocket.Listener() {
                @Override
                public void connected() {
                    known(true);
                }

                @Override
                public void disconnected() {
                    known(false);
                }

                @Override
                public void event(String kind, JsonNode payload) {
                    heard(kind, payload);
                }
            });
        }
    }

    /** What to do when the hub asks for the value of a stream. */
    synchronized void onRequest(StreamReceiver receiver, Runnable publish) {
        requests.put(receiver, publish);
    }

    synchronized boolean isWanted(StreamReceiver receiver) {
        return !isKnown || listened.stream().anyMatch(topic ->
                topic.webspace().equals(receiver.webspace().value())
                        && topic.node().equals(ownNode())
                        && DirtyRouter.isMatch(topic.receiver(), receiver.name()));
    }

    @Override
    public void close() {
        Optional<HubSocket> open;
        synchronized (this) {
            isClosed = true;
            open = socket;
        }
        open.ifPresent(HubSocket::close);
    }

    /** Nothing of a former connection counts: the hub tells all of it again. */
    private synchronized void known(boolean isConnected) {
        listened.clear();
        isKnown = isConnected;
    }

    private void heard(String kind, JsonNode payload) {
        Listened topic = new Listened(payload.path("webspace_id").asText(),
                payload.path("receiver").asText(), payload.path("node_id").asText());
        if (kind.equals(REQUESTED)) {
            asked(topic).ifPresent(Runnable::run);
        } else if (kind.equals(CHANGED)) {
            changed(topic, payload.path("action").asText());
        }
    }

    private synchronized Optional<Runnable> asked(Listened topic) {
        return requests.entrySet().stream()
                .filter(entry -> topic.node().equals(ownNode())
                        && entry.getKey().webspace().value().equals(topic.webspace())
                        && entry.getKey().name().equals(topic.receiver()))
                .map(Map.Entry::getValue).findFirst();
    }

    private synchronized void changed(Listened topic, String action) {
        if (action.equals("unsubscribed")) {
            listened.remove(topic);
        } else if (listened.size() < SUBSCRIPTIONS_MAX) {
            listened.add(topic);
        } else {
            isKnown = false;
        }
    }

    private String ownNode() {
        return node.map(NodeId::value).orElse("");
    }
}
