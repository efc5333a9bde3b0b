package io.adaos.hub.runtime.http;

import com.fasterxml.jackson.core.JsonLocation;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonMappingException;
import io.adaos.hub.contracts.error.FieldProblem;
import io.adaos.hub.contracts.error.HubErrorCode;
import io.adaos.hub.contracts.error.HubException;
import io.quarkus.security.AuthenticationCompletionException;
import io.quarkus.security.AuthenticationFailedException;
import io.quarkus.security.ForbiddenException;
import io.quarkus.security.UnauthorizedException;
import jakarta.ws.rs.NotFoundException;
import jakarta.ws.rs.WebApplicationException;
import java.io.IOException;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.ThreadLocalRandom;

/** The one table from whatever was thrown to the refusal a client meets. */
final class Refusals {

    private static final int CAUSES_MAX = 10;

    /** What the HTTP layer throws when a body of unknown length passes the limit. */
    private static final String BODY_CUT_OFF = "Request too large";

    private Refusals() {
    }

    /** The refusal; empty when the failure is a fault of ours that no client can mend. */
    static Optional<HubException> of(Throwable failure) {
        Optional<JsonProcessingException> body = malformedBody(failure);
        if (body.isPresent()) {
            return body.map(Refusals::malformed);
        }
        Throwable at = failure;
        for (int depth = 0; at != null && depth < CAUSES_MAX; depth++) {
            Optional<HubException> refusal = ofOne(at);
            if (refusal.isPresent()) {
                return refusal;
            }
            at = at.getCause();
        }
        return ofHttp(failure);
    }

    /** JSON that fails anywhere deeper is ours: a stored row, or another service's answer. */
    private static Optional<JsonProcessingException> malformedBody(Throwable failure) {
        Throwable at = failure instanceof WebApplicationException && failure.getCause() != null
                ? failure.getCause() : failure;
        return at instanceof JsonProcessingException json ? Optional.of(json) : Optional.empty();
    }

    private static Optional<HubException> ofOne(Throwable failure) {
        if (failure instanceof HubException refusal) {
            return Optional.of(refusal);
        }
        if (failure instanceof AuthenticationFailedException
                || failure instanceof AuthenticationCompletionException
                || failure instanceof UnauthorizedException) {
            return Optional.of(new HubException(HubErrorCode.UNAUTHENTICATED,
                    textOr(failure, "This needs a credential and none was sent")));
        }
        if (failure instanceof ForbiddenException) {
            return Optional.of(new HubException(HubErrorCode.FORBIDDEN,
                    textOr(failure, "The credential lacks the scope this needs")));
        }
        if (failure instanceof IOException && BODY_CUT_OFF.equals(failure.getMessage())) {
            return ofStatus(413, "The body is larger than this service takes");
        }
        return Optional.empty();
    }

    private static Optional<HubException> ofHttp(Throwable failure) {
        if (failure instanceof NotFoundException && failure.getCause() != null) {
            return Optional.of(new HubException(HubErrorCode.REQUEST_INVALID,
                    "A parameter has a value it cannot have: "
                            + textOr(failure.getCause(), "it cannot be read")));
        }
        if (failure instanceof WebApplicationException http) {
            int status = http.getResponse().getStatus();
            return ofStatus(status, textOr(failure, "The request was refused: HTTP " + status));
        }
        return Optional.empty();
    }

    /** The refusal for a bare status of the HTTP layer; empty for one that is no refusal. */
    static Optional<HubException> ofStatus(int status, String detail) {
        HubErrorCode code;
        if (status == 401) {
            code = HubErrorCode.UNAUTHENTICATED;
        } else if (status == 403) {
            code = HubErrorCode.FORBIDDEN;
        } else if (status == 404) {
            code = HubErrorCode.NOT_FOUND;
        } else if (status == 405) {
            code = HubErrorCode.METHOD_NOT_ALLOWED;
        } else if (status == 406) {
            code = HubErrorCode.NOT_ACCEPTABLE;
        } else if (status == 413) {
            code = HubErrorCode.PAYLOAD_TOO_LARGE;
        } else if (status == 415) {
            code = HubErrorCode.MEDIA_TYPE_UNSUPPORTED;
        } else if (status == 429) {
            code = HubErrorCode.RATE_LIMITED;
        } else if (status == 503) {
            code = HubErrorCode.UPSTREAM_UNAVAILABLE;
        } else if (status >= 400 && status < 500) {
            code = HubErrorCode.REQUEST_INVALID;
        } else {
            return Optional.empty();
        }
        return Optional.of(new HubException(code, detail));
    }

    /**
     * Whole seconds for Retry-After, rounded up and never zero, which would invite a client to come
     * back at once; empty when coming back is of no use. Where no time is known, clients are
     * spread over two seconds.
     */
    static OptionalLong retryAfterSeconds(HubException refusal) {
        if (refusal.retryAfter().isPresent()) {
            long millis = refusal.retryAfter().get().toMillis();
            return OptionalLong.of(Math.max(1, (millis + 999) / 1000));
        }
        int status = refusal.code().httpStatus();
        return refusal.code().retryable() && (status == 429 || status == 503)
                ? OptionalLong.of(ThreadLocalRandom.current().nextLong(1, 3))
                : OptionalLong.empty();
    }

    private static HubException malformed(JsonProcessingException json) {
        String path = json instanceof JsonMappingException mapping ? pointer(mapping) : "";
        JsonLocation location = json.getLocation();
        String place = location == null
                ? "" : " at line " + location.getLineNr() + ", column " + location.getColumnNr();
        FieldProblem problem = new FieldProblem(path, "malformed",
                json.getOriginalMessage() + place, "Send a value of the documented type");
        return new HubException(
                HubErrorCode.BODY_INVALID, "The body is not the JSON this expects" + place,
                List.of(problem));
    }

    private static String pointer(JsonMappingException mapping) {
        StringBuilder pointer = new StringBuilder();
        for (JsonMappingException.Reference step : mapping.getPath()) {
            pointer.append('/');
            if (step.getFieldName() == null) {
                pointer.append(step.getIndex());
            } else {
                pointer.append(step.getFieldName().replace("~", "~0").replace("/", "~1"));
            }
        }
        return pointer.toString();
    }

    private static String textOr(Throwable failure, String text) {
        return failure.getMessage() == null || failure.getMessage().isBlank()
                ? text : failure.getMessage();
    }
}
