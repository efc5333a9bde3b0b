package io.adaos.hub.runtime.bus.channel;

import io.adaos.hub.runtime.bus.TermEventException;
import io.micrometer.core.instrument.Metrics;
import io.nats.client.Message;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.eclipse.microprofile.reactive.messaging.Metadata;
import org.jboss.logging.Logger;

/** Wraps received messages for a channel: the one place that decides ack, nak and term. */
final class ChannelMessages {

    private static final Logger LOG = Logger.getLogger(ChannelMessages.class);
    private static final Duration RETRY_MAX = Duration.ofMinutes(1);
    private static final int DOUBLINGS_MAX = 10;

    private ChannelMessages() {
    }

    /** A message nobody delivers again: a failure is logged and counted. */
    static org.eclipse.microprofile.reactive.messaging.Message<byte[]> unacknowledged(
            String channel, Message received) {
        BusMetadata metadata = new BusMetadata(received.getSubject(), 1);
        return org.eclipse.microprofile.reactive.messaging.Message.of(
                received.getData(),
                Metadata.of(metadata),
                () -> counted(channel, "done"),
                failure -> {
                    LOG.errorf(failure, "event=message_failed channel=%s subject=%s",
                            channel, received.getSubject());
                    return counted(channel, "failed");
                });
    }

    /** A message of a work queue. */
    static org.eclipse.microprofile.reactive.messaging.Message<byte[]> acknowledged(
            ChannelSettings settings, Message received) {
        long deliveries = received.metaData().deliveredCount();
        return org.eclipse.microprofile.reactive.messaging.Message.of(
                received.getData(),
                Metadata.of(new BusMetadata(received.getSubject(), deliveries)),
                () -> {
                    quietly(received::ack);
                    return counted(settings.channel(), "acked");
                },
                failure -> failed(settings, received, failure));
    }

    private static CompletionStage<Void> failed(
            ChannelSettings settings, Message received, Throwable failure) {
        if (isTerminal(failure)) {
            LOG.errorf("event=message_ended channel=%s subject=%s detail=\"%s\"",
                    settings.channel(), received.getSubject(), failure.getMessage());
            quietly(received::term);
            return counted(settings.channel(), "termed");
        }
        Duration delay = delay(settings.retryDelay(), received.metaData().deliveredCount());
        LOG.warnf("event=message_retried channel=%s subject=%s after=%s detail=\"%s\"",
                settings.channel(), received.getSubject(), delay, failure);
        quietly(() -> received.nakWithDelay(delay));
        return counted(settings.channel(), "nacked");
    }

    /** The delay before the next delivery: doubles with each, a minute at most. */
    static Duration delay(Duration first, long deliveries) {
        Duration doubled =
                first.multipliedBy(1L << Math.min(DOUBLINGS_MAX, Math.max(0, deliveries - 1)));
        return doubled.compareTo(RETRY_MAX) > 0 ? RETRY_MAX : doubled;
    }

    /** What fails because the connection is gone heals by redelivery. */
    static void quietly(Runnable step) {
        try {
            step.run();
        } catch (RuntimeException e) {
            ignored(e);
        }
    }

    /** A failure that needs no answer, as the thing it concerns is being replaced. */
    static void ignored(Exception failure) {
        LOG.debugf(failure, "event=bus_ignored");
    }

    private static boolean isTerminal(Throwable failure) {
        for (Throwable at = failure; at != null; at = at.getCause()) {
            if (at instanceof TermEventException) {
                return true;
            }
        }
        return false;
    }

    private static CompletionStage<Void> counted(String channel, String outcome) {
        Metrics.counter("hub.bus.messages", "channel", channel, "outcome", outcome).increment();
        return CompletableFuture.completedFuture(null);
    }
}
