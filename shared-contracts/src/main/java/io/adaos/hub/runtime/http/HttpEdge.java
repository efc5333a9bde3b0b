package io.adaos.hub.runtime.http;

import com.fasterxml.jackson.core.JsonProcessingException;
import io.adaos.hub.contracts.error.HubErrorCode;
import io.adaos.hub.contracts.error.HubException;
import io.adaos.hub.contracts.error.Problem;
import io.quarkus.runtime.configuration.MemorySize;
import io.quarkus.vertx.http.runtime.filters.Filters;
import io.vertx.core.http.HttpServerResponse;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Singleton;
import java.util.Optional;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.jboss.logging.Logger;

/** What holds for every path, also where no resource is: request ids and problem bodies. */
@Singleton
final class HttpEdge {

    private static final Logger LOG = Logger.getLogger(HttpEdge.class);
    static final int FIRST = 1_000;

    private final Optional<Long> bodyBytesMax;

    HttpEdge(@ConfigProperty(name = "quarkus.http.limits.max-body-size")
            Optional<MemorySize> bodySizeMax) {
        this.bodyBytesMax = bodySizeMax.map(MemorySize::asLongValue);
    }

    void filters(@Observes Filters filters) {
        filters.register(HttpEdge::carryRequestId, FIRST);
        filters.register(this::refuseLargeBody, FIRST - 1);
    }

    void routes(@Observes Router router) {
        router.route().order(Integer.MIN_VALUE).failureHandler(HttpEdge::fail);
        router.route().order(Integer.MAX_VALUE).handler(HttpEdge::notFound);
    }

    private static void carryRequestId(RoutingContext context) {
        context.response().putHeader(RequestId.HEADER, RequestId.of(context));
        context.next();
    }

    /** A body that says it is too large is refused before a byte of it is read. */
    private void refuseLargeBody(RoutingContext context) {
        String length = context.request().getHeader("Content-Length");
        if (bodyBytesMax.isEmpty() || length == null || !isAbove(length, bodyBytesMax.get())) {
            context.next();
            return;
        }
        context.response().putHeader("Connection", "close");
        write(context, new HubException(HubErrorCode.PAYLOAD_TOO_LARGE,
                "The body has " + length + " bytes, at most " + bodyBytesMax.get() + " are taken"));
    }

    private static boolean isAbove(String length, long bytesMax) {
        try {
            return Long.parseLong(length) > bytesMax;
        } catch (NumberFormatException e) {
            return false;
        }
    }

    /** Failures that never reached a resource: body limit, bad request line, security. */
    private static void fail(RoutingContext context) {
        if (context.response().ended()) {
            return;
        }
        Throwable failure = context.failure();
        int status = context.statusCode();
        HubException refusal = null;
        if (failure != null) {
            refusal = Refusals.of(failure).orElse(null);
        }
        if (refusal == null && status > 0) {
            refusal = Refusals.ofStatus(status, detail(status)).orElse(null);
        }
        if (refusal == null) {
            String id = RequestId.of(context);
            LOG.errorf(failure, "event=request_failed correlation_id=%s", id);
            refusal = new HubException(HubErrorCode.INTERNAL,
                    "Something failed here that should not; it is logged under " + id);
        }
        write(context, refusal);
    }

    private static void notFound(RoutingContext context) {
        write(context, new HubException(
                HubErrorCode.NOT_FOUND, "Nothing is served at " + context.normalizedPath()));
    }

    private static String detail(int status) {
        return status == 413
                ? "The body is larger than this service takes"
                : "The request was refused: HTTP " + status;
    }

    static void write(RoutingContext context, HubException refusal) {
        HttpServerResponse response = context.response();
        if (response.ended()) {
            return;
        }
        if (response.headWritten()) {
            response.reset();
            return;
        }
        response.setStatusCode(refusal.code().httpStatus())
                .putHeader("Content-Type", Problem.MEDIA_TYPE)
                .putHeader(RequestId.HEADER, RequestId.of(context));
        Refusals.retryAfterSeconds(refusal).ifPresent(seconds ->
                response.putHeader("Retry-After", String.valueOf(seconds)));
        if (refusal.code() == HubErrorCode.UNAUTHENTICATED) {
            response.putHeader("WWW-Authenticate", "Bearer");
        }
        response.end(body(Problem.of(refusal, RequestId.of(context))));
    }

    private static String body(Problem problem) {
        try {
            return HubJson.mapper().writeValueAsString(problem);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("a problem is always plain JSON", e);
        }
    }
}
