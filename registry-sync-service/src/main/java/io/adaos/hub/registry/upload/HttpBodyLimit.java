package io.adaos.hub.registry.upload;

import io.quarkus.runtime.configuration.MemorySize;
import io.quarkus.vertx.http.runtime.CurrentVertxRequest;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.ext.web.RoutingContext;
import jakarta.inject.Singleton;
import jakarta.ws.rs.container.ContainerRequestContext;
import java.time.Duration;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.jboss.resteasy.reactive.server.ServerRequestFilter;
import org.jboss.resteasy.reactive.server.vertx.VertxInputStream;

/**
 * Answers a body of unknown length that grows beyond the limit with a problem, as HttpEdge answers
 * one that says its length.
 */
@Singleton
public class HttpBodyLimit {

    /*
     * Left to itself the framework ends such a request with an empty 413 and cuts the connection at
     * once. A client that still sends is reset then, and may never read the answer. RFC 9112 (9.6)
     * says how to end instead: answer, announce the close, read on for a while, close.
     *
     * Only resources that block read their body as a stream. Those that push do, and no other here
     * reads any, so this is not for all services.
     */

    private static final Duration LINGER = Duration.ofSeconds(5);

    private final long bytesMax;
    private final CurrentVertxRequest current;

    HttpBodyLimit(@ConfigProperty(name = "quarkus.http.limits.max-body-size") MemorySize bytesMax,
            CurrentVertxRequest current) {
        this.bytesMax = bytesMax.asLongValue();
        this.current = current;
    }

    /** Bounds a body in chunks; one with a length was judged by that. */
    @ServerRequestFilter
    public void bound(ContainerRequestContext request) {
        RoutingContext context = current.getCurrent();
        if (context.request().getHeader(HttpHeaders.TRANSFER_ENCODING) != null) {
            context.remove(VertxInputStream.MAX_REQUEST_SIZE_KEY);
            request.setEntityStream(new BoundedBody(
                    request.getEntityStream(), bytesMax, () -> closeAfterAnswer(context)));
        }
    }

    private static void closeAfterAnswer(RoutingContext context) {
        context.response().putHeader(HttpHeaders.CONNECTION, HttpHeaders.CLOSE);
        context.addEndHandler(answered -> linger(context));
    }

    /** Discards what still comes until the sender has ended, or for as long as is fair. */
    private static void linger(RoutingContext context) {
        HttpServerRequest request = context.request();
        if (request.isEnded()) {
            request.connection().close();
            return;
        }
        request.handler(ignored -> { });
        request.endHandler(ended -> request.connection().close());
        context.vertx().setTimer(LINGER.toMillis(), late -> request.connection().close());
    }
}
