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
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** Reads the query of a list of operations; names everything that is wrong at once. */
final class QueryReader {

    private static final String WORDS = "active, ended, "
            + Arrays.stream(OperationStatus.values()).map(OperationStatus::wire)
                    .collect(Collectors.joining(", "));

    private static final Pattern ID = Pattern.compile("op_[A-Za-z0-9_-]{1,64}");
    private static final Pattern TARGET = Pattern.compile("[a-z_]{1,32}:[^\\s:]{1,128}");
    private static final Map<OperationQuery.Field, Pattern> FORMS = new EnumMap<>(Map.of(
            OperationQuery.Field.KIND, Pattern.compile("[a-z][a-z_.]{0,63}"),
            OperationQuery.Field.NODE_ID, Pattern.compile("[A-Za-z0-9_.-]{1,128}"),
            OperationQuery.Field.INITIATOR, Pattern.compile("[\\x21-\\x7E]{1,64}:[^\\s]{1,200}"),
            OperationQuery.Field.PARENT_ID, ID,
            OperationQuery.Field.RETRY_OF, ID));

    private QueryReader() {
    }

    static OperationQuery read(Map<String, List<String>> parameters) {
        List<FieldProblem> problems = new ArrayList<>();
        Optional<WebspaceId> webspace = webspace(one(parameters, "webspace_id"), problems);
        Set<OperationStatus> statuses = statuses(one(parameters, "status"), problems);
        Map<OperationQuery.Field, String> fields = fields(parameters, problems);
        OperationQuery.Order order = order(one(parameters, "order"), problems);
        int limit = (int) number(parameters, "limit",
                new Range(1, PageRequest.LIMIT_MAX, PageRequest.LIMIT_DEFAULT), problems);
        long after = number(parameters, "cursor", new Range(0, Long.MAX_VALUE, 0), problems);
        if (order == OperationQuery.Order.ENDED && after > 0) {
            problems.add(new FieldProblem("cursor", "unusable", "order=ended has one page",
                    "Leave the cursor out, or use asc or desc"));
        }
        if (!problems.isEmpty()) {
            throw new HubException(
                    HubErrorCode.REQUEST_INVALID, "The list asked for does not exist", problems);
        }
        return new OperationQuery(webspace, statuses, fields, order, after, limit);
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

    private static Map<OperationQuery.Field, String> fields(
            Map<String, List<String>> parameters, List<FieldProblem> problems) {
        Map<OperationQuery.Field, String> fields = new EnumMap<>(OperationQuery.Field.class);
        FORMS.forEach((field, form) -> one(parameters, field.wire()).ifPresent(text -> {
            if (form.matcher(text).matches()) {
                fields.put(field, text);
            } else {
                problems.add(new FieldProblem(field.wire(), "malformed", "It does not match "
                        + form.pattern(), "Use a value that an operation shows"));
            }
        }));
        one(parameters, "target").ifPresent(text -> {
            if (TARGET.matcher(text).matches()) {
                int colon = text.indexOf(':');
                fields.put(OperationQuery.Field.TARGET_KIND, text.substring(0, colon));
                fields.put(OperationQuery.Field.TARGET_ID, text.substring(colon + 1));
            } else {
                problems.add(new FieldProblem("target", "malformed", "It does not match "
                        + TARGET.pattern(), "Use kind and id, such as skill:weather_skill"));
            }
        });
        return fields;
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
                "Use asc (oldest first), desc (newest first) or ended (by end, newest first)"));
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
