package io.adaos.hub.runtime.bus;

import io.adaos.hub.runtime.http.HealthDetail;
import io.smallrye.mutiny.Uni;
import jakarta.inject.Singleton;
import java.util.LinkedHashMap;
import java.util.Map;
import org.eclipse.microprofile.health.HealthCheck;
import org.eclipse.microprofile.health.HealthCheckResponse;
import org.eclipse.microprofile.health.Readiness;

/** Tells whether NATS is there; the service is ready without it, as readers poll meanwhile. */
@Readiness
@Singleton
final class BusHealthCheck implements HealthCheck, HealthDetail {

    private final NatsConnection nats;

    BusHealthCheck(NatsConnection nats) {
        this.nats = nats;
    }

    @Override
    public HealthCheckResponse call() {
        return HealthCheckResponse.named("nats")
                .up()
                .withData("connected", nats.live().isPresent())
                .build();
    }

    @Override
    public String name() {
        return "nats";
    }

    @Override
    public Uni<Object> read() {
        boolean connected = nats.live().isPresent();
        Map<String, Object> health = new LinkedHashMap<>();
        health.put("ok", connected);
        health.put("connected", connected);
        health.put("configured", nats.configured());
        health.put("connects", nats.connects());
        return Uni.createFrom().item(health);
    }
}
