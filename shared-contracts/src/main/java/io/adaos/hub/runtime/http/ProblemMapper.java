package io.adaos.hub.runtime.http;

import com.fasterxml.jackson.databind.exc.MismatchedInputException;
import io.adaos.hub.contracts.error.HubErrorCode;
import io.adaos.hub.contracts.error.HubException;
import io.adaos.hub.contracts.error.Problem;
import io.micrometer.core.instrument.MeterRegistry;
import io.quarkus.security.AuthenticationCompletionException;
import io.quarkus.security.AuthenticationFailedException;
import io.quarkus.security.ForbiddenException;
import io.quarkus.security.UnauthorizedException;
import jakarta.inject.Singleton;
import jakarta.ws.rs.NotFoundException;
import jakarta.ws.rs.WebApplicationException;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.Response;
import org.jboss.logging.Logger;
import org.jboss.resteasy.reactive.server.ServerExceptionMapper;

/** Turns everything a resource may throw into a problem body of RFC 9457. */
@Singleton
public class ProblemMapper {

    private static final Logger LOG = Logger.getLogger(ProblemMapper.class);

    private final RequestId requestId;
    private final MeterRegistry meters;

    ProblemMapper(RequestId requestId, MeterRegistry meters) {
        this.requestId = requestId;
        this.meters = meters;
    }

    /** All failures; the more exact types are named because the framework maps them by itself. */
    @ServerExceptionMapper({
        Throwable.class,
        HubException.class,
        WebApplicationException.class,
        NotFoundException.class,
        MismatchedInputException.class,
        UnauthorizedException.class,
        ForbiddenException.class,
        AuthenticationFailedException.class,
        AuthenticationCompletionException.class
    })
    public Response answer(Throwable failure) {
        if (failure instanceof WebApplicationException http
                && (http.getResponse().hasEntity() || http.getResponse().getStatus() < 400)) {
            return http.getResponse();
        }
        String id = requestId.id();
        HubException refusal = Refusals.of(failure).orElseGet(() -> unexpected(failure, id));
        meters.counter("hub.http.refused", "code", refusal.code().code()).increment();
        return respond(refusal, id);
    }

    private static HubException unexpected(Throwable failure, String id) {
        LOG.errorf(failure, "event=request_failed correlation_id=%s", id);
        return new HubException(HubErrorCode.INTERNAL,
                "Something failed here that should not; it is logged under " + id);
    }

    private static Response respond(HubException refusal, String id) {
        Response.ResponseBuilder response = Response.status(refusal.code().httpStatus())
                .type(Problem.MEDIA_TYPE)
                .entity(Problem.of(refusal, id));
        Refusals.retryAfterSeconds(refusal).ifPresent(seconds ->
                response.header(HttpHeaders.RETRY_AFTER, seconds));
        if (refusal.code() == HubErrorCode.UNAUTHENTICATED) {
            response.header(HttpHeaders.WWW_AUTHENTICATE, "Bearer");
        }
        return response.build();
    }
}
