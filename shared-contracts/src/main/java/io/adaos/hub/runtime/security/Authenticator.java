package io.adaos.hub.runtime.security;

import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Metrics;
import java.util.Optional;

/**
 * Judges raw credentials for HTTP, sockets and whoever checks by hand; counts every denial.
 *
 * <p>Today the keys file is the only source. A second one (signed tokens) is asked in
 * {@link #authenticate} when the first does not know the credential.
 */
public final class Authenticator {

    private static final String DENIED = "hub.auth.denied";

    private final CredentialStore keys;
    private final MeterRegistry meters;

    Authenticator(CredentialStore keys, MeterRegistry meters) {
        this.keys = keys;
        this.meters = meters;
    }

    Authenticator(CredentialStore keys) {
        this(keys, Metrics.globalRegistry);
    }

    /** The caller behind a raw credential; empty when it is unknown, expired or not judgeable. */
    public Optional<Caller> authenticate(String rawToken) {
        CredentialStore.Verdict verdict = keys.judge(rawToken);
        if (verdict instanceof CredentialStore.Verdict.Accepted accepted) {
            return Optional.of(accepted.caller());
        }
        if (verdict instanceof CredentialStore.Verdict.Denied denied) {
            denied(denied.reason());
        }
        return Optional.empty();
    }

    /** Counts a denial that was decided elsewhere, such as two credentials in one request. */
    public void denied(String reason) {
        meters.counter(DENIED, "reason", reason).increment();
    }

    /** Why no credential can be accepted at the moment, if so. */
    public Optional<String> fault() {
        return keys.fault();
    }

    int size() {
        return keys.size();
    }
}
