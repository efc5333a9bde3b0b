package io.adaos.hub.projection.write.diagnostics;

import java.time.Instant;

/** Writes with a credential that owns nothing. */
public record OwnerMiss(String credential, long attemptTotal, Instant firstAt, Instant lastAt) {

    OwnerMiss after(OwnerMiss earlier) {
        return new OwnerMiss(credential, earlier.attemptTotal + attemptTotal, earlier.firstAt,
                lastAt);
    }
}
