package io.adaos.hub.projection.stream.socket;

import io.adaos.hub.projection.stream.message.MessageQueue;
import io.adaos.hub.projection.stream.message.StreamCounts;
import io.adaos.hub.projection.stream.message.StreamMessage;
import java.util.Optional;
import java.util.concurrent.CompletionStage;
import java.util.function.Function;

/** Sends messages to one client one after the other; what waits is bounded. Safe for threads. */
final class Outbox {

    private final Function<String, CompletionStage<Void>> transport;
    private final StreamCounts counts;
    private final MessageQueue queue = new MessageQueue();
    private boolean sending;
    private boolean full;
    private long sendingSinceMillis;

    /** @param transport sends a text; its stage ends when the system has taken it */
    Outbox(Function<String, CompletionStage<Void>> transport, StreamCounts counts) {
        this.transport = transport;
        this.counts = counts;
    }

    /** Takes a message in; never waits. */
    void offer(StreamMessage message, long nowMillis) {
        synchronized (this) {
            MessageQueue.Offer offer = queue.offer(message);
            counts.queue(offer);
            full |= offer == MessageQueue.Offer.FULL;
            if (sending) {
                return;
            }
            sending = true;
            sendingSinceMillis = nowMillis;
        }
        sendOn(nowMillis);
    }

    /** For how long the message that is being sent now has not been taken; 0 when none is. */
    synchronized long stalledMillis(long nowMillis) {
        return sending ? nowMillis - sendingSinceMillis : 0;
    }

    /** Whether an answer had to be left out, which no client can make up for. */
    synchronized boolean isFull() {
        return full;
    }

    /** Sends until the queue is empty or the system takes no more at once. */
    private void sendOn(long nowMillis) {
        Optional<StreamMessage> next = next(nowMillis);
        while (next.isPresent()) {
            CompletionStage<Void> sent = transport.apply(next.get().frame());
            if (!sent.toCompletableFuture().isDone()) {
                long startedNanos = System.nanoTime();
                sent.whenComplete((done, failure) -> sendOn(
                        nowMillis + (System.nanoTime() - startedNanos) / 1_000_000));
                return;
            }
            next = next(nowMillis);
        }
    }

    private synchronized Optional<StreamMessage> next(long nowMillis) {
        Optional<StreamMessage> next = queue.poll();
        sending = next.isPresent();
        sendingSinceMillis = nowMillis;
        return next;
    }
}
