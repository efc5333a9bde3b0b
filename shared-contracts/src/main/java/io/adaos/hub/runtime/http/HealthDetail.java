package io.adaos.hub.runtime.http;

import io.smallrye.mutiny.Uni;

/** One member of {@code GET /v1/health}; every bean of this type is asked, each for 2 s at most. */
public interface HealthDetail {

    /** Member name in snake_case. */
    String name();

    /** A value Jackson can write; a failure shows as {@code {"error": …}}. */
    Uni<Object> read();
}
