package io.adaos.hub.runtime.http;

import io.adaos.hub.contracts.error.HubErrorCode;
import io.adaos.hub.contracts.error.HubException;
import io.quarkus.runtime.ShutdownDelayInitiatedEvent;
import io.quarkus.vertx.http.runtime.filters.Filters;
import io.vertx.ext.web.RoutingContext;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

/** Lets requests under way end before the service goes down, and takes no new ones meanwhile. */
@Singleton
final class HttpDrain {

    /*
     * The framework can wait by itself, but in this version it always waits to the end and then
     * complains: the listener that clears Jackson's caches never says that it is done.
     */

    private static final Duration WAIT = Duration.ofSeconds(2);
    private static final int STEP_MILLIS = 10;

    private final AtomicInteger underWay = new AtomicInteger();
    private volatile boolean ending;

    void filters(@Observes Filters filters) {
        filters.register(this::admit, HttpEdge.FIRST - 2);
    }

    void end(@Observes ShutdownDelayInitiatedEvent event) {
        drain();
    }

    /** An upgraded request never ends; whoever upgraded it closes it. */
    void admit(RoutingContext context) {
        if (context.request().getHeader("Upgrade") != null) {
            context.next();
            return;
        }
        if (ending) {
            context.response().putHeader("Connection", "close");
            HttpEdge.write(context, new HubException(
                    HubErrorCode.UPSTREAM_UNAVAILABLE, "This service is about to stop"));
            return;
        }
        underWay.incrementAndGet();
        context.addEndHandler(ended -> underWay.decrementAndGet());
        context.next();
    }

    /** Returns when nothing is under way any more, after 2 s at the latest. */
    void drain() {
        ending = true;
        long until = System.nanoTime() + WAIT.toNanos();
        try {
            while (underWay.get() > 0 && System.nanoTime() - until < 0) {
                TimeUnit.MILLISECONDS.sleep(STEP_MILLIS);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
