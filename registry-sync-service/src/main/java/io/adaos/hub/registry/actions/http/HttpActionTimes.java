package io.adaos.hub.registry.actions.http;

import com.fasterxml.jackson.core.JsonProcessingException;
import io.adaos.hub.runtime.http.HubJson;
import io.adaos.hub.runtime.http.RequestId;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import io.quarkus.vertx.http.runtime.filters.Filters;
import io.vertx.ext.web.RoutingContext;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Singleton;
import java.math.BigDecimal;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import java.util.stream.LongStream;
import org.jboss.logging.Logger;

/**
 * Counts and times every request by its route, of which there are few, never by its path; writes a
 * line of JSON about each that is about actions.
 */
@Singleton
final class HttpActionTimes {

    private static final Logger REQUESTS = Logger.getLogger("hub.requests");
    private static final int BEFORE_ALL = 1_002;
    private static final Duration[] LE = LongStream.of(10, 50, 100, 250, 500, 1_000, 2_500, 5_000)
            .mapToObj(Duration::ofMillis).toArray(Duration[]::new);
    private static final Set<String> METHODS =
            Set.of("GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS");

    private final MeterRegistry meters;

    HttpActionTimes(MeterRegistry meters) {
        this.meters = meters;
    }

    void filters(@Observes Filters filters) {
        filters.register(this::measure, BEFORE_ALL);
    }

    private void measure(RoutingContext context) {
        long start = System.nanoTime();
        String name = context.request().method().name();
        String method = METHODS.contains(name) ? name : "OTHER";
        String path = context.request().path();
        String route = ActionPaths.route(path);
        context.addEndHandler(ended -> {
            String status = String.valueOf(context.response().getStatusCode());
            meters.counter("action_registry_http_requests",
                    "method", method, "route", route, "status", status).increment();
            Timer.builder("action_registry_http_request_duration")
                    .serviceLevelObjectives(LE)
                    .tag("method", method).tag("route", route)
                    .register(meters)
                    .record(Duration.ofNanos(System.nanoTime() - start));
            if (REQUESTS.isInfoEnabled() && ActionPaths.isOne(String.valueOf(path))) {
                REQUESTS.info(line(context, path, System.nanoTime() - start));
            }
        });
        context.next();
    }

    private static String line(RoutingContext context, String path, long nanos) {
        Map<String, Object> line = new LinkedHashMap<>();
        line.put("request_id", RequestId.of(context));
        line.put("method", context.request().method().name());
        line.put("path", path);
        line.put("status_code", context.response().getStatusCode());
        line.put("latency_seconds", BigDecimal.valueOf(nanos / 1_000, 6));
        try {
            return HubJson.mapper().writeValueAsString(line);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("texts and numbers are always plain JSON", e);
        }
    }
}
