package io.adaos.hub.operations.intake;

import io.adaos.hub.contracts.error.FieldProblem;
import io.adaos.hub.contracts.error.HubErrorCode;
import io.adaos.hub.contracts.error.HubException;
import io.adaos.hub.contracts.operation.OperationState;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;

/**
 * How long a reader of one operation waits, and for what.
 *
 * @param patience zero for an answer at once
 * @param known the revision it has; empty for the one that is found
 */
record WaitQuery(Duration patience, OptionalLong known) {

    private static final long WAIT_SECONDS_MAX = 25;

    /** @throws HubException with everything that is wrong */
    static WaitQuery read(Map<String, List<String>> parameters) {
        List<FieldProblem> problems = new ArrayList<>();
        OptionalLong wait = number(parameters, "wait", WAIT_SECONDS_MAX, problems);
        OptionalLong known = number(parameters, "revision", Long.MAX_VALUE, problems);
        if (!problems.isEmpty()) {
            throw new HubException(
                    HubErrorCode.REQUEST_INVALID, "It cannot be waited for that", problems);
        }
        return new WaitQuery(Duration.ofSeconds(wait.orElse(0)), known);
    }

    boolean isSatisfiedBy(OperationState state) {
        return patience.isZero() || state.status().isTerminal() || state.revision() > after(state);
    }

    long after(OperationState found) {
        return known.orElse(found.revision());
    }

    private static OptionalLong number(Map<String, List<String>> parameters, String name,
            long max, List<FieldProblem> problems) {
        List<String> values = parameters.getOrDefault(name, List.of());
        if (values.isEmpty() || values.get(0).isEmpty()) {
            return OptionalLong.empty();
        }
        try {
            long number = Long.parseLong(values.get(0));
            if (number >= 0 && number <= max) {
                return OptionalLong.of(number);
            }
        } catch (NumberFormatException e) {
            // said below, like a number out of range
        }
        problems.add(new FieldProblem(name, "out_of_range", name + " is '" + values.get(0) + "'",
                "Use a number from 0 to " + max));
        return OptionalLong.empty();
    }
}
