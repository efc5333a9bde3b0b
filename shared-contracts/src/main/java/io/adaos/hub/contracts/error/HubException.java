package io.adaos.hub.contracts.error;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** A refusal that may reach a client: a code, what happened, and all faults found. */
public final class HubException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    private final HubErrorCode code;
    private final transient List<FieldProblem> errors;
    private final transient Map<String, Object> members;
    private final Duration retryAfter;

    /** A refusal without further members. */
    public HubException(HubErrorCode code, String detail) {
        this(code, detail, List.of(), Map.of());
    }

    /** A refusal for many faults at once. */
    public HubException(HubErrorCode code, String detail, List<FieldProblem> errors) {
        this(code, detail, errors, Map.of());
    }

    /** A refusal with extra members of the problem body, such as {@code holder}. */
    public HubException(HubErrorCode code, String detail, List<FieldProblem> errors,
            Map<String, Object> members) {
        this(code, detail, errors, members, null);
    }

    private HubException(HubErrorCode code, String detail, List<FieldProblem> errors,
            Map<String, Object> members, Duration retryAfter) {
        super(detail, null, false, code.httpStatus() >= 500);
        this.code = code;
        this.errors = List.copyOf(errors);
        this.members = Map.copyOf(members);
        this.retryAfter = retryAfter;
    }

    /** The same refusal, with the time after which the client should try again. */
    public HubException after(Duration wait) {
        return new HubException(code, getMessage(), errors, members, wait);
    }

    public HubErrorCode code() {
        return code;
    }

    public List<FieldProblem> errors() {
        return errors;
    }

    public Map<String, Object> members() {
        return members;
    }

    public Optional<Duration> retryAfter() {
        return Optional.ofNullable(retryAfter);
    }
}
