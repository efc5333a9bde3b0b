package io.adaos.hub.operations.intake;

import io.adaos.hub.contracts.error.FieldProblem;
import io.adaos.hub.contracts.error.HubErrorCode;
import io.adaos.hub.contracts.error.HubException;
import io.adaos.hub.contracts.id.WebspaceId;
import io.adaos.hub.contracts.operation.OperationStatus;
import io.adaos.hub.operations.lifecycle.OperationQuery;
import io.adaos.hub.runtime.http.PageRequest;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/** Reads the query of a list of operations; names everything that is wrong at once. */
final class QueryReader {

    private static final String WORDS = "active, ended, "
            + Arrays.stream(OperationStatus.values()).map(OperationStatus::wire)
                    .collect(Collectors.joining(", "));

    private QueryReader() {
    }

    static OperationQuery read(Map<String, List<String>> parameters) {
        List<FieldProblem> problems = new ArrayList<>();
        Optional<WebspaceId> webspace = webspace(one(parameters, "webspace_id"), problems);
        Set<OperationStatus> statuses = statuses(one(parameters, "status"), problems);
        OperationQuery.Order order = order(one(parameters, "order"), problems);
        int limit = (int) number(parameters, "limit",
                new Range(1, PageRequest.LIMIT_MAX, PageRequest.LIMIT_DEFAULT), problems);
        long after = number(parameters, "cursor", new Range(0, Long.MAX_VALUE, 0), problems);
        if (!problems.isEmpty()) {
            throw new HubException(
                    HubErrorCode.REQUEST_INVALID, "The list asked for does not exist", problems);
        }
        return new OperationQuery(webspace, statuses, order, after, limit);
    }

    private static Optional<WebspaceId> webspace(
            Optional<String> text, List<FieldProblem> problems) {
        try {
            return text.map(WebspaceId::of);
        } catch (IllegalArgumentException e) {
            problems.add(new FieldProblem("webspace_id", "malformed", e.getMessage(),
                    "Use a webspace's name, or leave it out"));
            return Optional.empty();
        }
    }

    private static Set<OperationStatus> statuses(
            Optional<String> text, List<FieldProblem> problems) {
        if (text.isEmpty()) {
            return OperationQuery.ANY_STATUS;
        }
        Set<OperationStatus> statuses = EnumSet.noneOf(OperationStatus.class);
        for (String word : text.get().split(",", -1)) {
            Set<OperationStatus> meant = Arrays.stream(OperationStatus.values())
                    .filter(status -> word.equals(status.wire())
                            || word.equals(status.isTerminal() ? "ended" : "active"))
                    .collect(Collectors.toSet());
            if (meant.isEmpty()) {
                problems.add(new FieldProblem("status", "unknown",
                        "There is no status '" + word + "'", "Use " + WORDS));
            }
            statuses.addAll(meant);
        }
        return statuses;
    }

    private static OperationQuery.Order order(
            Optional<String> text, List<FieldProblem> problems) {
        for (OperationQuery.Order order : OperationQuery.Order.values()) {
            if (order.wire().equals(text.orElse(OperationQuery.Order.ASC.wire()))) {
                return order;
            }
        }
        problems.add(new FieldProblem("order", "unknown",
                "There is no order '" + text.orElseThrow() + "'",
                "Use asc (oldest first) or desc (newest first)"));
        return OperationQuery.Order.ASC;
    }

    private static long number(Map<String, List<String>> parameters, String name, Range range,
            List<FieldProblem> problems) {
        Optional<String> text = one(parameters, name);
        if (text.isEmpty()) {
            return range.otherwise();
        }
        try {
            long number = Long.parseLong(text.get());
            if (number >= range.min() && number <= range.max()) {
                return number;
            }
        } catch (NumberFormatException e) {
            // said below, like a number out of range
        }
        problems.add(new FieldProblem(name, "out_of_range", name + " is '" + text.get() + "'",
                name.equals("cursor") ? "Use the next_cursor of the page before"
                        : "Use a number from " + range.min() + " to " + range.max()));
        return range.otherwise();
    }

    private static Optional<String> one(Map<String, List<String>> parameters, String name) {
        List<String> values = parameters.getOrDefault(name, List.of());
        return values.isEmpty() || values.get(0).isEmpty()
                ? Optional.empty() : Optional.of(values.get(0));
    }

    /** What a number may be, and what it is when it is absent. */
    private record Range(long min, long max, long otherwise) {
    }
}
