package io.adaos.hub.cli.worker;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.util.concurrent.CancellationException;

/** One piece of work under its lease: what it asks, and what may be said about it. */
final class HeldWork {

    private static final Duration SAY_EVERY = Duration.ofMillis(250);
    private static final int LINES_MAX = 2_000;
    private static final int LINE_CHARS_MAX = 1_000;
    private static final int MESSAGE_CHARS_MAX = 500;

    private final WorkClient client;
    private final JsonNode offer;
    private volatile String stopped;          // why, null while it goes on
    private long saidNanos = System.nanoTime() - SAY_EVERY.toNanos();
    private int lines;

    HeldWork(WorkClient client, JsonNode offer) {
        this.client = client;
        this.offer = offer;
    }

    String task() {
        return offer.path("task").asText();
    }

    String operation() {
        return offer.path("operation_id").asText();
    }

    JsonNode args() {
        return offer.path("args");
    }

    Duration heartbeat() {
        return Duration.ofSeconds(Math.max(1, offer.path("heartbeat_seconds").asLong(1)));
    }

    /** When the operation ends whatever becomes of this. */
    Instant deadline() {
        try {
            return Instant.parse(offer.path("deadline_at").asText());
        } catch (DateTimeParseException e) {
            return Instant.now().plus(Duration.ofMinutes(5));
        }
    }

    /** The work must not go on; the first reason stays. */
    void stop(String why) {
        if (stopped == null) {
            stopped = why;
        }
    }

    boolean isStopped() {
        return stopped != null;
    }

    String whyStopped() {
        return stopped;
    }

    /** Goes on, or throws. */
    void check() {
        if (stopped != null) {
            throw new CancellationException(stopped);
        }
    }

    /** Asks whether to go on; a service that is away says nothing about it. */
    void beat() {
        try {
            WorkClient.Reply reply = post("heartbeat", WorkClient.JSON.createObjectNode());
            if (reply.status() == 409) {
                stop("the lease is lost");
            } else if (reply.body().path("cancel").asBoolean()) {
                stop("the operation was cancelled or has ended");
            }
        } catch (IOException e) {
            // the next beat asks again; whether the lease is lost the service decides
            return;
        }
    }

    /** Shows how far it is, at most four times a second. */
    void progress(int percent, String message) {
        check();
        long now = System.nanoTime();
        if (now - saidNanos < SAY_EVERY.toNanos()) {
            return;
        }
        saidNanos = now;
        ObjectNode body = WorkClient.JSON.createObjectNode().put("percent", percent);
        say("progress", body.put("message", cut(message, MESSAGE_CHARS_MAX)));
    }

    /** A line for the operation's log; what is beyond 2,000 lines is left out. */
    synchronized void log(String level, String message) {
        if (lines++ < LINES_MAX && !isStopped()) {
            ObjectNode body = WorkClient.JSON.createObjectNode();
            body.putArray("items").addObject().put("level", level)
                    .put("message", cut(message, LINE_CHARS_MAX));
            say("log", body);
        }
    }

    WorkClient.Reply post(String what, JsonNode body) throws IOException {
        return client.post(offer.path("lease").asText() + '/' + what, body);
    }

    /** What is only shown may be lost. */
    private void say(String what, JsonNode body) {
        try {
            if (post(what, body).status() == 409) {
                stop("the lease is lost");
            }
        } catch (IOException e) {
            return;
        }
    }

    private static String cut(String text, int charsMax) {
        return text.length() <= charsMax ? text : text.substring(0, charsMax - 1) + '…';
    }
}
