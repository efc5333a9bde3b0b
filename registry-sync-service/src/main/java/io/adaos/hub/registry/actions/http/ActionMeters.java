package io.adaos.hub.registry.actions.http;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;

/** Counts what was published and verified; all counters are there from the start. */
public final class ActionMeters {

    private final Counter published;
    private final Counter verified;
    private final Counter refused;

    public ActionMeters(MeterRegistry meters) {
        this.published = meters.counter("action_registry_publish");
        this.verified = meters.counter("action_registry_verify_pass");
        this.refused = meters.counter("action_registry_verify_fail");
    }

    void published() {
        published.increment();
    }

    void judged(boolean isVerified) {
        (isVerified ? verified : refused).increment();
    }
}
