package io.adaos.hub.runtime.http;

import io.adaos.hub.contracts.error.FieldProblem;
import io.adaos.hub.contracts.error.HubErrorCode;
import io.adaos.hub.contracts.error.HubException;
import java.util.ArrayList;
import java.util.List;

/**
 * A checked page of a list.
 *
 * @param offset first item, from 0
 * @param limit items at most, 1 to {@link #LIMIT_MAX}
 */
public record PageRequest(int offset, int limit) {

    public static final int LIMIT_DEFAULT = 50;
    public static final int LIMIT_MAX = 500;

    /** Takes the query parameters as they came, null when absent; refuses all that is wrong. */
    public static PageRequest of(Integer offset, Integer limit) {
        List<FieldProblem> problems = new ArrayList<>();
        if (offset != null && offset < 0) {
            problems.add(new FieldProblem("offset", "out_of_range",
                    "offset is " + offset, "Use a number from 0"));
        }
        if (limit != null && (limit < 1 || limit > LIMIT_MAX)) {
            problems.add(new FieldProblem("limit", "out_of_range",
                    "limit is " + limit, "Use a number from 1 to " + LIMIT_MAX));
        }
        if (!problems.isEmpty()) {
            throw new HubException(
                    HubErrorCode.REQUEST_INVALID, "The page asked for does not exist", problems);
        }
        return new PageRequest(offset == null ? 0 : offset, limit == null ? LIMIT_DEFAULT : limit);
    }
}
