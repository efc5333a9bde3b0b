package io.adaos.hub.contracts.error;

import com.fasterxml.jackson.annotation.JsonAnyGetter;
import com.fasterxml.jackson.annotation.JsonAnySetter;
import com.fasterxml.jackson.annotation.JsonInclude;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Problem body of RFC 9457, {@code application/problem+json}.
 *
 * @param type {@code urn:hub:problem:<code>}
 * @param title short and constant per code
 * @param detail this occurrence
 * @param retryable the same request may succeed later
 * @param remedy what to do next
 * @param errors all faults of the request
 * @param correlationId the id under which services log this request
 * @param members further members named in the documentation of the endpoint
 */
@JsonInclude(JsonInclude.Include.NON_EMPTY)
public record Problem(
        String type,
        String title,
        int status,
        String detail,
        String code,
        boolean retryable,
        String remedy,
        List<FieldProblem> errors,
        String correlationId,
        @JsonAnySetter @JsonAnyGetter Map<String, Object> members) {

    public static final String MEDIA_TYPE = "application/problem+json";

    public Problem {
        errors = errors == null ? List.of() : List.copyOf(errors);
        members = members == null
                ? Map.of() : Collections.unmodifiableMap(new LinkedHashMap<>(members));
    }

    /** The body of a refusal. */
    public static Problem of(HubException refusal, String correlationId) {
        HubErrorCode code = refusal.code();
        return new Problem(
                "urn:hub:problem:" + code.code(),
                code.code().replace('_', ' '),
                code.httpStatus(),
                refusal.getMessage(),
                code.code(),
                code.retryable(),
                code.remedy(),
                refusal.errors(),
                correlationId,
                refusal.members());
    }
}
