package io.adaos.hub.sdk;

import io.adaos.hub.contracts.id.NodeId;
import io.adaos.hub.sdk.wire.ClientThreads;
import io.adaos.hub.sdk.wire.HubHttp;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;

/** Publishes the messages of one stream in their order, one at a time, the newest one only. */
final class StreamWriter {

    private static final Duration WAIT = Duration.ofSeconds(5);

    private final StreamReceiver receiver;
    private final Optional<NodeId> node;
    private final HubHttp http;
    private Optional<Message> next = Optional.empty();
    private boolean isSending;

    StreamWriter(StreamReceiver receiver, Optional<NodeId> node, HubHttp http) {
        this.receiver = receiver;
        this.node = node;
        this.http = http;
    }

    private record Message(byte[] json, CompletableFuture<PublishOutcome> told) {
    }

    CompletableFuture<PublishOutcome> publish(byte[] json) {
        Message message = new Message(json, new CompletableFuture<>());
        Optional<Message> overtaken;
        synchronized (this) {
            overtaken = next;
            next = Optional.of(message);
        }
        overtaken.ifPresent(older -> older.told().complete(new PublishOutcome.Overtaken()));
        proceed();
        return message.told();
    }

    private void proceed() {
        Message message;
        synchronized (this) {
            if (isSending || next.isEmpty()) {
                return;
            }
            message = next.get();
            next = Optional.empty();
            isSending = true;
        }
        http.send("POST", receiver.path(), body(message.json()), WAIT)
                .handle((reply, failure) -> failure == null ? PublishOutcome.of(reply)
                        : new PublishOutcome.Unanswered(ClientThreads.reason(failure)))
                .thenAccept(outcome -> {
                    synchronized (this) {
                        isSending = false;
                    }
                    proceed();
                    message.told().complete(outcome);
                });
    }

    private byte[] body(byte[] json) {
        ByteArrayOutputStream body = new ByteArrayOutputStream(json.length + 64);
        body.writeBytes("{\"payload\":".getBytes(StandardCharsets.UTF_8));
        body.writeBytes(json);
        body.writeBytes(node.map(id -> ",\"node_id\":\"" + id + "\"}").orElse("}")
                .getBytes(StandardCharsets.UTF_8));
        return body.toByteArray();
    }
}
