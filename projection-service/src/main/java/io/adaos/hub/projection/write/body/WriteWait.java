package io.adaos.hub.projection.write.body;

import com.fasterxml.jackson.annotation.JsonValue;
import io.adaos.hub.contracts.error.FieldProblem;
import io.adaos.hub.contracts.error.HubErrorCode;
import io.adaos.hub.contracts.error.HubException;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * How far a write must have got before its writer is answered, and how long that may take.
 *
 * @param isAsked whether the writer asked for it; only then it waits for a deferred write
 */
public record WriteWait(Level level, boolean isAsked, Duration timeout) {

    private static final long TIMEOUT_MILLIS = 5_000;
    private static final long TIMEOUT_MILLIS_MAX = 30_000;

    /** How far a write got; each includes those before it. */
    public enum Level {
        /** Held in memory. */
        ACCEPTED,
        /** In the log. */
        DURABLE,
        /** Applied by every client that acknowledges. */
        MATERIALIZED;

        /** The word on the wire. */
        @JsonValue
        public String wire() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    /** Reads the query of a request; null is a parameter that was not sent. */
    public static WriteWait parse(String wait, String timeoutMillis) {
        Level level = Level.DURABLE;
        if (wait != null) {
            level = List.of(Level.values()).stream()
                    .filter(known -> known.wire().equals(wait)).findFirst()
                    .orElseThrow(() -> invalid("wait", "accepted, durable or materialized"));
        }
        return new WriteWait(level, wait != null, Duration.ofMillis(
                timeoutMillis == null ? TIMEOUT_MILLIS : millis(timeoutMillis)));
    }

    private static long millis(String text) {
        return Optional.of(text).filter(digits -> digits.matches("[0-9]{1,6}"))
                .map(Long::parseLong).filter(millis -> millis <= TIMEOUT_MILLIS_MAX)
                .orElseThrow(() -> invalid("timeout_ms",
                        "a whole number of milliseconds up to " + TIMEOUT_MILLIS_MAX));
    }

    private static HubException invalid(String name, String wanted) {
        String message = "'" + name + "' is " + wanted;
        return new HubException(HubErrorCode.REQUEST_INVALID, message,
                List.of(new FieldProblem(name, "malformed", message, "Correct or omit it")));
    }
}
