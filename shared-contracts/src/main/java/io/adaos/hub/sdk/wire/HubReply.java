package io.adaos.hub.sdk.wire;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.Duration;
import java.util.Optional;

/**
 * An answer of the hub.
 *
 * @param body a missing node when it is no JSON
 * @param retryAfter the member {@code retry_after_ms}, else the header
 */
public record HubReply(int status, JsonNode body, Optional<Duration> retryAfter) {

    private static final Duration LONGEST = Duration.ofMinutes(5);

    /** Reads the time to wait out of an answer; never more than 5 min. */
    static HubReply of(int status, JsonNode body, Optional<String> retryAfterHeader) {
        JsonNode millis = body.path("retry_after_ms");
        Optional<Duration> time = millis.isNumber()
                ? Optional.of(Duration.ofMillis(Math.max(0, millis.asLong())))
                : retryAfterHeader.filter(text -> text.matches("[0-9]{1,6}"))
                        .map(text -> Duration.ofSeconds(Long.parseLong(text)));
        return new HubReply(status, body,
                time.map(wait -> wait.compareTo(LONGEST) > 0 ? LONGEST : wait));
    }

    /** A success that says so. */
    public boolean isTaken() {
        return status >= 200 && status < 300 && body.isObject();
    }

    /** A success or failure of something in between that does not know what became of it. */
    public boolean isUnclear() {
        return !isTaken() && !body.path("code").isTextual() && (status >= 500 || status < 300);
    }
}
