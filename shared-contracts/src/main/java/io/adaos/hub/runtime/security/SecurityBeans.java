package io.adaos.hub.runtime.security;

import io.adaos.hub.runtime.http.HealthDetail;
import io.micrometer.core.instrument.MeterRegistry;
import io.quarkus.arc.All;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.inject.Produces;
import jakarta.inject.Singleton;
import java.nio.file.Path;
import java.time.Clock;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.eclipse.microprofile.config.inject.ConfigProperty;

/** Wires the sources of credentials. */
@Singleton
final class SecurityBeans {

    @Produces
    @Singleton
    Authenticator authenticator(
            @ConfigProperty(name = "hub.keys.file") Optional<Path> file,
            @All List<CredentialSource> others, MeterRegistry meters) {
        return new Authenticator(
                new CredentialStore(file, Clock.systemUTC(), System::nanoTime), others, meters);
    }

    @Produces
    @Singleton
    HealthDetail keysDetail(Authenticator authenticator) {
        return new KeysDetail(authenticator);
    }

    /** How many keys are in force, or why none is. */
    private record KeysDetail(Authenticator authenticator) implements HealthDetail {
        @Override
        public String name() {
            return "keys";
        }

        @Override
        public Uni<Object> read() {
            return Uni.createFrom().item(authenticator.fault()
                    .<Object>map(fault -> Map.of("ok", false, "error", fault))
                    .orElseGet(() -> Map.of("ok", true, "count", authenticator.size())));
        }
    }
}
