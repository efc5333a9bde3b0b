package io.adaos.hub.runtime.http;

import io.quarkus.vertx.http.runtime.CurrentVertxRequest;
import io.vertx.ext.web.RoutingContext;
import jakarta.enterprise.context.RequestScoped;
import java.util.Optional;
import java.util.UUID;
import java.util.regex.Pattern;

/**
 * The correlation id of the request at hand: from {@code X-Request-Id} or {@code X-Correlation-Id}
 * when it matches {@code [A-Za-z0-9._:-]{1,64}}, else a new one. Every answer carries it.
 */
@RequestScoped
public class RequestId {

    /** The header of an answer that carries it. */
    public static final String HEADER = "X-Request-Id";

    private static final String OTHER_HEADER = "X-Correlation-Id";
    private static final String KEY = "hub.request-id";
    private static final Pattern LEGAL = Pattern.compile("[A-Za-z0-9._:-]{1,64}");

    private final CurrentVertxRequest request;
    private String made;

    RequestId(CurrentVertxRequest request) {
        this.request = request;
    }

    /** The id; the same one during the whole request, also outside HTTP. */
    public String id() {
        RoutingContext context = request.getCurrent();
        if (context != null) {
            return of(context);
        }
        if (made == null) {
            made = fresh();
        }
        return made;
    }

    /** The id of a request that may not have reached any resource. */
    public static String of(RoutingContext context) {
        String known = context.get(KEY);
        if (known == null) {
            known = given(context, HEADER)
                    .or(() -> given(context, OTHER_HEADER))
                    .orElseGet(RequestId::fresh);
            context.put(KEY, known);
        }
        return known;
    }

    private static Optional<String> given(RoutingContext context, String header) {
        return Optional.ofNullable(context.request().getHeader(header))
                .filter(value -> LEGAL.matcher(value).matches());
    }

    private static String fresh() {
        return UUID.randomUUID().toString();
    }
}
