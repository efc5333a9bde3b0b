package io.adaos.hub.runtime.bus.channel;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.Flow;
import java.util.function.Consumer;
import org.eclipse.microprofile.reactive.messaging.Message;

/** A channel's subscriber that keeps what it got; acknowledges at once unless told otherwise. */
final class RecordingChannel implements Flow.Subscriber<Message<byte[]>> {

    private final List<String> texts = new CopyOnWriteArrayList<>();
    private volatile Consumer<Message<byte[]>> handler = Message::ack;
    private volatile boolean greedy = true;
    private Flow.Subscription subscription;      // null before onSubscribe

    /** What to do with each message from now on. */
    RecordingChannel handling(Consumer<Message<byte[]>> newHandler) {
        handler = newHandler;
        return this;
    }

    /** From now on asks for messages only through {@link #request}. */
    void becomeSlow() {
        greedy = false;
    }

    void request(long count) {
        subscription.request(count);
    }

    void cancel() {
        subscription.cancel();
    }

    List<String> texts() {
        return List.copyOf(texts);
    }

    @Override
    public void onSubscribe(Flow.Subscription newSubscription) {
        subscription = newSubscription;
        newSubscription.request(1);
    }

    @Override
    public void onNext(Message<byte[]> message) {
        texts.add(new String(message.getPayload(), StandardCharsets.UTF_8));
        handler.accept(message);
        if (greedy) {
            subscription.request(1);
        }
    }

    @Override
    public void onError(Throwable failure) {
        texts.add("error: " + failure);
    }

    @Override
    public void onComplete() {
        texts.add("complete");
    }
}
