package io.adaos.hub.registry.actions.http;

import com.fasterxml.jackson.core.JsonProcessingException;
import io.adaos.hub.contracts.error.HubErrorCode;
import io.adaos.hub.contracts.error.HubException;
import io.adaos.hub.contracts.error.Problem;
import io.adaos.hub.runtime.http.HubJson;
import io.adaos.hub.runtime.http.RequestId;
import io.quarkus.vertx.http.runtime.filters.Filters;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpServerResponse;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Singleton;

/** What the contract of the action registry says about requests that reach no resource. */
@Singleton
final class HttpActionEdge {

    /** Before the limit for pushes, which is far above that for actions. */
    private static final int BEFORE_ALL = 1_001;
    private static final int BEFORE_NOT_FOUND = Integer.MAX_VALUE - 1;

    private final ActionLimits limits;

    HttpActionEdge(ActionLimits limits) {
        this.limits = limits;
    }

    void filters(@Observes Filters filters) {
        filters.register(this::judge, BEFORE_ALL);
    }

    void routes(@Observes Router router) {
        router.route().order(BEFORE_NOT_FOUND).handler(HttpActionEdge::notFound);
    }

    private void judge(RoutingContext context) {
        String path = context.request().path();
        if (path == null || !ActionPaths.isOne(path)) {
            preferPlainMetrics(context, path);
            context.next();
        } else if (path.endsWith("/")) {
            redirect(context, path);
        } else if (context.request().method() == HttpMethod.HEAD) {
            context.response().putHeader(HttpHeaders.ALLOW, "GET");
            write(context, new HubException(
                    HubErrorCode.METHOD_NOT_ALLOWED, "HEAD is not answered here, GET is"));
        } else if (isTooLong(context.request().getHeader(HttpHeaders.CONTENT_LENGTH))) {
            context.response().putHeader(HttpHeaders.CONNECTION, HttpHeaders.CLOSE);
            write(context, new HubException(HubErrorCode.PAYLOAD_TOO_LARGE,
                    "At most " + limits.bodyBytesMax() + " bytes of body are taken here"));
        } else {
            context.next();
        }
    }

    /** Whoever takes anything gets the older text form, which all clients of the contract know. */
    private static void preferPlainMetrics(RoutingContext context, String path) {
        String accept = context.request().getHeader(HttpHeaders.ACCEPT);
        if ("/metrics".equals(path) && (accept == null || !accept.contains("openmetrics"))) {
            context.request().headers().set(HttpHeaders.ACCEPT, "text/plain");
        }
    }

    private static void redirect(RoutingContext context, String path) {
        String query = context.request().query();
        String bare = path.replaceAll("/+$", "");
        context.response().setStatusCode(307)
                .putHeader(RequestId.HEADER, RequestId.of(context))
                .putHeader(HttpHeaders.LOCATION, query == null ? bare : bare + '?' + query)
                .end();
    }

    private boolean isTooLong(String length) {
        try {
            return length != null && Long.parseLong(length) > limits.bodyBytesMax();
        } catch (NumberFormatException e) {
            return false;                       // the server itself refuses such a length
        }
    }

    private static void notFound(RoutingContext context) {
        if (ActionPaths.isOne(context.normalizedPath())) {
            write(context, new HubException(HubErrorCode.NOT_FOUND,
                    "Nothing is served at " + context.normalizedPath()));
        } else {
            context.next();
        }
    }

    private static void write(RoutingContext context, HubException refusal) {
        Problem problem = Problem.of(refusal, RequestId.of(context));
        boolean isProblem = ActionErrorForm.isProblemWanted(
                context.request().getHeader(HttpHeaders.ACCEPT));
        HttpServerResponse response = context.response();
        response.setStatusCode(problem.status())
                .putHeader(RequestId.HEADER, RequestId.of(context))
                .putHeader(HttpHeaders.CONTENT_TYPE,
                        isProblem ? Problem.MEDIA_TYPE : "application/json")
                .end(json(isProblem ? ActionErrorForm.problem(problem)
                        : ActionErrorForm.envelope(problem)));
    }

    private static String json(Object body) {
        try {
            return HubJson.mapper().writeValueAsString(body);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("a refusal is always plain JSON", e);
        }
    }
}
