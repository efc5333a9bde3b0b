package io.adaos.hub.projection.gateway;

import io.quarkus.vertx.http.runtime.filters.Filters;
import io.vertx.core.MultiMap;
import io.vertx.ext.web.RoutingContext;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Singleton;

/**
 * Keeps the cross-origin filter for HTTP away from sockets: a browser cannot see why an upgrade was
 * refused, so the socket is accepted, and closed with a code that says it.
 */
@Singleton
final class HttpSocketOrigin {

    private static final String DOCUMENTS = "/yws/";
    private static final String EVENTS = "/ws";

    /** The cross-origin filter has 300. */
    private static final int BEFORE_CORS = 600;

    void register(@Observes Filters filters) {
        filters.register(HttpSocketOrigin::moveOrigin, BEFORE_CORS);
    }

    private static void moveOrigin(RoutingContext context) {
        MultiMap headers = context.request().headers();
        headers.remove(SocketRequest.ORIGIN_HEADER);
        if (isSocket(context.normalizedPath()) && headers.contains("Origin")) {
            headers.set(SocketRequest.ORIGIN_HEADER, headers.get("Origin"));
            headers.remove("Origin");
        }
        context.next();
    }

    private static boolean isSocket(String path) {
        return path.startsWith(DOCUMENTS) || path.equals(EVENTS) || path.equals(EVENTS + '/');
    }
}
