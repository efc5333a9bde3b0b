package io.adaos.hub.runtime.http;

import io.adaos.hub.runtime.security.Scope;
import io.quarkus.arc.All;
import io.quarkus.runtime.StartupEvent;
import io.smallrye.mutiny.Uni;
import jakarta.annotation.security.RolesAllowed;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Singleton;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;

/** What an operator wants to know about this process beyond ready or not. */
@Path("/v1/health")
@Singleton
@Tag(name = "operations of the service itself")
public class HealthResource {

    private static final Duration DETAIL_WAIT = Duration.ofSeconds(2);

    private final List<HealthDetail> details;
    private final String service;
    private final String version;
    private final Clock clock = Clock.systemUTC();
    private Instant startedAt = clock.instant();

    HealthResource(
            @All List<HealthDetail> details,
            @ConfigProperty(name = "quarkus.application.name") String service,
            @ConfigProperty(name = "quarkus.application.version") String version) {
        this.details = List.copyOf(details);
        this.service = service;
        this.version = version;
    }

    void onStart(@Observes StartupEvent event) {
        startedAt = clock.instant();
    }

    /**
     * Always 200 while the process can answer; {@code status} is {@code degraded} when a detail
     * could not be read or says so itself by a member {@code ok: false}.
     */
    @GET
    @RolesAllowed(Scope.PUBLIC_READ)
    @Produces(MediaType.APPLICATION_JSON)
    @Operation(summary = "Details: bus, outbox lag, parked rows, keys, uptime in seconds")
    public Uni<Map<String, Object>> health() {
        if (details.isEmpty()) {
            return Uni.createFrom().item(answer(List.of()));
        }
        List<Uni<Object>> reads = new ArrayList<>();
        for (HealthDetail detail : details) {
            reads.add(Uni.createFrom().deferred(detail::read)
                    .ifNoItem().after(DETAIL_WAIT).fail()
                    .onFailure().recoverWithItem(HealthResource::unreadable));
        }
        return Uni.join().all(reads).andFailFast().map(this::answer);
    }

    private Map<String, Object> answer(List<Object> values) {
        Map<String, Object> body = new LinkedHashMap<>();
        body.put("service", service);
        body.put("version", version);
        body.put("status", values.stream().anyMatch(HealthResource::bad) ? "degraded" : "ok");
        body.put("uptime_seconds", Duration.between(startedAt, clock.instant()).toSeconds());
        for (int i = 0; i < values.size(); i++) {
            body.put(details.get(i).name(), values.get(i));
        }
        return body;
    }

    private static boolean bad(Object value) {
        return value instanceof Map<?, ?> map && Boolean.FALSE.equals(map.get("ok"));
    }

    private static Object unreadable(Throwable failure) {
        return Map.of("ok", false, "error", String.valueOf(failure.getMessage()));
    }
}
