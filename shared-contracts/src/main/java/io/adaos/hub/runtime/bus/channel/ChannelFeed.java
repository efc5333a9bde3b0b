package io.adaos.hub.runtime.bus.channel;

import java.util.concurrent.Flow;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.BooleanSupplier;
import org.eclipse.microprofile.reactive.messaging.Message;

/**
 * The way from the threads of the NATS client to one channel: a message waits until the channel
 * asked for one, which holds back the client and through it the server. Has one subscriber.
 */
final class ChannelFeed implements Flow.Publisher<Message<byte[]>>, Flow.Subscription {

    private static final int CHECK_MILLIS = 200;
    private static final int REQUESTED_MAX = 1 << 20;

    private final Runnable onSubscribed;
    private final Runnable onCancelled;
    private final Semaphore requested = new Semaphore(0);
    private final AtomicBoolean taken = new AtomicBoolean();
    private volatile boolean cancelled;
    private Flow.Subscriber<? super Message<byte[]>> subscriber;      // null before subscribe

    ChannelFeed(Runnable onSubscribed, Runnable onCancelled) {
        this.onSubscribed = onSubscribed;
        this.onCancelled = onCancelled;
    }

    @Override
    public void subscribe(Flow.Subscriber<? super Message<byte[]>> newSubscriber) {
        if (!taken.compareAndSet(false, true)) {
            throw new IllegalStateException("a channel has one subscriber");
        }
        subscriber = newSubscriber;
        newSubscriber.onSubscribe(this);
        onSubscribed.run();
    }

    @Override
    public void request(long count) {
        long free = REQUESTED_MAX - requested.availablePermits();
        requested.release((int) Math.max(0, Math.min(count, free)));
    }

    @Override
    public void cancel() {
        cancelled = true;
        onCancelled.run();
    }

    /**
     * Hands over a message when one is asked for; false when it was not, because its source is no
     * longer wanted. Messages are handed over one at a time.
     */
    boolean offer(Message<byte[]> message, BooleanSupplier wanted, Runnable beforeTaken)
            throws InterruptedException {
        while (!requested.tryAcquire(CHECK_MILLIS, TimeUnit.MILLISECONDS)) {
            if (cancelled || !wanted.getAsBoolean()) {
                return false;
            }
        }
        synchronized (this) {
            if (cancelled || !wanted.getAsBoolean()) {
                requested.release();
                return false;
            }
            beforeTaken.run();
            subscriber.onNext(message);
            return true;
        }
    }
}
