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

        private boolean means(StreamReceiver stream, String ownNode) {
            return node.equals(ownNode) && webspace.equals(stream.webspace().value())
                    && DirtyRouter.isMatch(receiver, stream.name());
        }
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

    /** What to do when somebody wants the value of a stream; at once, when somebody does now. */
    void onRequest(StreamReceiver receiver, Runnable publish) {
        boolean isListened;
        synchronized (this) {
            requests.put(receiver, publish);
            isListened = listened.stream().anyMatch(topic -> topic.means(receiver, ownNode()));
        }
        if (isListened) {
            publish.run();
        }
    }

    synchronized boolean isWanted(StreamReceiver receiver) {
        return !isKnown
                || listened.stream().anyMatch(topic -> topic.means(receiver, ownNode()));
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
    synchronized void known(boolean isConnected) {
        listened.clear();
        isKnown = isConnected;
    }

    /** An event of the socket. A new listener wants a value, whether the hub asks for it or not. */
    void heard(String kind, JsonNode payload) {
        Listened topic = new Listened(payload.path("webspace_id").asText(),
                payload.path("receiver").asText(), payload.path("node_id").asText());
        boolean isGone = payload.path("action").asText().equals("unsubscribed");
        if (kind.equals(CHANGED)) {
            changed(topic, isGone);
        }
        if (kind.equals(REQUESTED) || kind.equals(CHANGED) && !isGone) {
            wanted(topic).forEach(Runnable::run);
        }
    }

    private synchronized List<Runnable> wanted(Listened topic) {
        return requests.entrySet().stream()
                .filter(entry -> topic.means(entry.getKey(), ownNode()))
                .map(Map.Entry::getValue).toList();
    }

    private synchronized void changed(Listened topic, boolean isGone) {
        if (isGone) {
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
