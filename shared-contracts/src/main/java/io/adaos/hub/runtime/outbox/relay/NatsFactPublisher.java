package io.adaos.hub.runtime.outbox.relay;

import io.adaos.hub.contracts.bus.HubSubjects;
import io.adaos.hub.contracts.bus.ServiceHead;
import io.adaos.hub.runtime.bus.EventCodec;
import io.adaos.hub.runtime.bus.NatsConnection;
import io.adaos.hub.runtime.bus.StreamDefinitions;
import io.nats.client.Connection;
import io.nats.client.JetStream;
import io.nats.client.JetStreamApiException;
import io.nats.client.PublishOptions;
import io.nats.client.api.PublishAck;
import io.nats.client.impl.Headers;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/** Puts numbered facts on their stream, in order, many under way at once. */
final class NatsFactPublisher {

    /*
     * Notes on order.
     *
     * A batch is sent without waiting for each answer. Every message but the first names the one
     * before it as the last the stream must hold, so when one is lost the server refuses those
     * behind it, and the retry starts at the lost one. The first names none: after the server was
     * wiped there is nothing it could name. What was stored but not answered is dropped as a
     * duplicate when it is sent again, and counts as stored.
     */

    private static final Duration ACK_WAIT = Duration.ofSeconds(5);
    private static final Headers HEADERS = new Headers(
            new Headers().put("Content-Type", EventCodec.MEDIA_TYPE), true);
    private static final int BAD_REQUEST = 400;
    private static final int WRONG_LAST_MESSAGE = 10070;

    private final NatsConnection nats;
    private final StreamDefinitions streams;
    private final FactEncoder encoder;
    private final String service;

    NatsFactPublisher(NatsConnection nats, StreamDefinitions streams, String service) {
        this.nats = nats;
        this.streams = streams;
        this.encoder = new FactEncoder(service);
        this.service = service;
    }

    /**
     * How a batch went.
     *
     * @param stored rows of the batch that are on the stream, from the first on
     * @param refused why the row after them can never be stored as it is, if that is known
     * @param fault why the rest is to be tried again, if so
     */
    record Outcome(int stored, Optional<String> refused, Optional<String> fault) {

        static Outcome away(String fault) {
            return new Outcome(0, Optional.empty(), Optional.of(fault));
        }
    }

    boolean isLive() {
        return nats.live().isPresent();
    }

    /** Publishes rows in order; stops at the first that is not stored. */
    Outcome publish(String epoch, List<NumberedFact> facts) throws InterruptedException {
        Optional<Connection> live = nats.live();
        if (live.isEmpty()) {
            return Outcome.away("no connection to NATS");
        }
        try {
            return send(live.get(), epoch, facts);
        } catch (IOException | IllegalStateException e) {
            return Outcome.away(String.valueOf(e.getMessage()));
        }
    }

    /** Says on core NATS where the facts are; lost when there is no connection. */
    void head(String epoch, long sequence) {
        nats.live().ifPresent(connection -> connection.publish(HubSubjects.head(service),
                EventCodec.encode(new ServiceHead(service, epoch, sequence))));
    }

    private Outcome send(Connection connection, String epoch, List<NumberedFact> facts)
            throws IOException, InterruptedException {
        JetStream stream = connection.jetStream();
        List<CompletableFuture<PublishAck>> answers = new ArrayList<>(facts.size());
        Optional<String> refused = Optional.empty();
        String before = null;
        for (NumberedFact fact : facts) {
            FactEncoder.Encoded message = encoder.encode(epoch, fact);
            refused = unpublishable(fact, message, connection.getMaxPayload());
            if (refused.isPresent()) {
                break;
            }
            answers.add(stream.publishAsync(message.subject(), HEADERS, message.bytes(),
                    PublishOptions.builder()
                            .messageId(message.messageId())
                            .expectedLastMsgId(before)
                            .build()));
            before = message.messageId();
        }
        return collect(connection, answers, refused);
    }

    private Optional<String> unpublishable(
            NumberedFact fact, FactEncoder.Encoded message, long bytesMax) {
        if (fact.parked() != null) {
            return Optional.empty();
        }
        if (message.bytes().length > bytesMax) {
            return Optional.of("the message has " + message.bytes().length
                    + " bytes, NATS takes " + bytesMax);
        }
        return encoder.unroutable(fact);
    }

    private Outcome collect(Connection connection,
            List<CompletableFuture<PublishAck>> answers, Optional<String> refused)
            throws InterruptedException {
        long until = System.nanoTime() + ACK_WAIT.toNanos();
        for (int i = 0; i < answers.size(); i++) {
            try {
                answers.get(i).get(Math.max(1, until - System.nanoTime()), TimeUnit.NANOSECONDS);
            } catch (ExecutionException e) {
                return failed(connection, i, e.getCause());
            } catch (TimeoutException e) {
                return new Outcome(i, Optional.empty(), Optional.of("NATS did not answer"));
            }
        }
        return new Outcome(answers.size(), refused, Optional.empty());
    }

    private Outcome failed(Connection connection, int stored, Throwable cause) {
        JetStreamApiException refusal = refusal(cause);
        if (stored == 0 && refusal != null && refusal.getErrorCode() == BAD_REQUEST
                && refusal.getApiErrorCode() != WRONG_LAST_MESSAGE) {
            return new Outcome(
                    0, Optional.of("refused by NATS: " + refusal.getMessage()), Optional.empty());
        }
        String fault = String.valueOf(cause.getMessage());
        try {
            streams.ensure(connection);
        } catch (IOException | JetStreamApiException e) {
            fault = fault + "; streams: " + e.getMessage();
        }
        return new Outcome(stored, Optional.empty(), Optional.of(fault));
    }

    private static JetStreamApiException refusal(Throwable cause) {
        for (Throwable at = cause; at != null; at = at.getCause()) {
            if (at instanceof JetStreamApiException refusal) {
                return refusal;
            }
        }
        return null;
    }
}
