package io.adaos.hub.runtime.security;

import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Metrics;
import java.util.List;
import java.util.Optional;

/**
 * Judges raw credentials for HTTP, sockets and whoever checks by hand; counts every denial.
 *
 * <p>The keys file is asked first, then every other {@link CredentialSource} of the service.
 */
public final class Authenticator {

    private static final String DENIED = "hub.auth.denied";

    private final CredentialStore keys;
    private final List<CredentialSource> others;
    private final MeterRegistry meters;

    Authenticator(
            CredentialStore keys, List<CredentialSource> others, MeterRegistry meters) {
        this.keys = keys;
        this.others = List.copyOf(others);
        this.meters = meters;
    }

    Authenticator(CredentialStore keys, MeterRegistry meters) {
        this(keys, List.of(), meters);
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
        for (CredentialSource source : others) {
            Optional<Caller> caller = source.judge(rawToken);
            if (caller.isPresent()) {
                return caller;
            }
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
