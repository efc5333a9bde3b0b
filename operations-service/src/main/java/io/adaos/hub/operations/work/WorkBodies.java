package io.adaos.hub.operations.work;

import com.fasterxml.jackson.databind.JsonNode;
import io.adaos.hub.contracts.error.FieldProblem;
import io.adaos.hub.contracts.error.HubErrorCode;
import io.adaos.hub.contracts.error.HubException;
import io.adaos.hub.contracts.operation.OperationError;
import io.adaos.hub.contracts.operation.OperationKind;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;

/** Reads what workers send; names everything that is wrong at once. */
final class WorkBodies {

    static final int WAIT_SECONDS_MAX = 25;
    static final int RESULT_BYTES_MAX = 256 << 10;
    static final int LINES_MAX = 100;
    static final int LINE_BYTES_MAX = 4 << 10;

    private static final int KINDS_MAX = 32;
    private static final int MESSAGE_CHARS_MAX = 500;
    private static final int ERROR_CHARS_MAX = 2_000;
    private static final Pattern ERROR_TYPE = Pattern.compile("[a-z][a-z0-9_]{0,63}");
    private static final Set<String> LEVELS = Set.of("debug", "info", "warning", "error");

    private final JsonNode body;
    private final List<FieldProblem> problems = new ArrayList<>();

    private WorkBodies(JsonNode body) {
        this.body = body;
    }

    /** A claim: of which kinds, and how long to wait. */
    record Claim(List<String> kinds, int waitSeconds) {
    }

    /** How far a worker is with its own work; the percent is absent when it does not know. */
    record Progress(Integer percent, String message) {
    }

    /** One line of a log. */
    record Line(String level, String message) {
    }

    static Claim claim(JsonNode body) {
        WorkBodies read = new WorkBodies(object(body));
        Claim claim = new Claim(read.kinds(), read.number("wait_seconds", WAIT_SECONDS_MAX, 0));
        read.refuseFaults();
        return claim;
    }

    static Progress progress(JsonNode body) {
        WorkBodies read = new WorkBodies(object(body));
        Integer percent = read.body.hasNonNull("percent") ? read.number("percent", 100, 0) : null;
        Progress progress =
                new Progress(percent, read.text(read.body, "", "message", MESSAGE_CHARS_MAX));
        read.refuseFaults();
        return progress;
    }

    static List<Line> log(JsonNode body) {
        WorkBodies read = new WorkBodies(object(body));
        JsonNode items = read.body.path("items");
        if (!items.isArray() || items.isEmpty()) {
            read.fault("/items", "malformed", "items must be an array of 1 to " + LINES_MAX);
        } else if (items.size() > LINES_MAX) {
            throw tooLarge("The log has " + items.size() + " lines, at most " + LINES_MAX
                    + " are taken at once");
        }
        List<Line> lines = new ArrayList<>();
        for (int i = 0; i < items.size(); i++) {
            lines.add(read.line(items.get(i), "/items/" + i));
        }
        read.refuseFaults();
        return lines;
    }

    /** The outcome; whether a success fits the order is judged later. */
    static WorkOutcome outcome(JsonNode body) {
        WorkBodies read = new WorkBodies(object(body));
        String word = read.body.path("outcome").asText("");
        if (word.equals("succeeded")) {
            JsonNode result = read.body.path("result");
            int bytes = result.toString().getBytes(StandardCharsets.UTF_8).length;
            if (bytes > RESULT_BYTES_MAX) {
                throw tooLarge("The result has " + bytes + " bytes, at most " + RESULT_BYTES_MAX
                        + " are taken");
            }
            return new WorkOutcome.Succeeded(result);
        }
        if (!word.equals("failed")) {
            read.fault("/outcome", "unknown", "outcome must be succeeded or failed");
            read.refuseFaults();
        }
        WorkOutcome outcome = new WorkOutcome.Failed(read.error(read.body.path("error")));
        read.refuseFaults();
        return outcome;
    }

    private List<String> kinds() {
        JsonNode kinds = body.path("kinds");
        if (!kinds.isArray() || kinds.isEmpty() || kinds.size() > KINDS_MAX) {
            fault("/kinds", "malformed", "kinds must be an array of 1 to " + KINDS_MAX);
            return List.of();
        }
        Set<String> read = new LinkedHashSet<>();
        for (int i = 0; i < kinds.size(); i++) {
            try {
                read.add(new OperationKind(kinds.get(i).asText("")).value());
            } catch (IllegalArgumentException e) {
                fault("/kinds/" + i, "malformed", "this is not an operation kind");
            }
        }
        return List.copyOf(read);
    }

    private Line line(JsonNode item, String path) {
        String level = item.path("level").asText("");
        if (!LEVELS.contains(level)) {
            fault(path + "/level", "unknown", "level must be debug, info, warning or error");
        }
        JsonNode message = item.path("message");
        if (!message.isTextual()) {
            fault(path + "/message", "malformed", "message must be a text");
            return new Line(level, "");
        }
        int bytes = message.textValue().getBytes(StandardCharsets.UTF_8).length;
        if (bytes > LINE_BYTES_MAX) {
            throw tooLarge(path + " has " + bytes + " bytes, at most " + LINE_BYTES_MAX
                    + " are taken");
        }
        return new Line(level, message.textValue());
    }

    private OperationError error(JsonNode error) {
        String type = error.path("type").asText("");
        if (!ERROR_TYPE.matcher(type).matches()) {
            fault("/error/type", "malformed", "error.type must match " + ERROR_TYPE.pattern());
        }
        String message = text(error, "/error", "message", ERROR_CHARS_MAX);
        String remedy = error.hasNonNull("remedy")
                ? text(error, "/error", "remedy", ERROR_CHARS_MAX) : null;
        JsonNode retryable = error.path("retryable");
        if (!retryable.isBoolean()) {
            fault("/error/retryable", "malformed", "error.retryable must be true or false");
        }
        return new OperationError(type, message, remedy, retryable.asBoolean());
    }

    private int number(String name, int most, int otherwise) {
        JsonNode number = body.path(name);
        if (number.isMissingNode() || number.isNull()) {
            return otherwise;
        }
        if (!number.isIntegralNumber() || !number.canConvertToInt()
                || number.intValue() < 0 || number.intValue() > most) {
            fault('/' + name, "out_of_range", name + " must be a whole number from 0 to " + most);
            return otherwise;
        }
        return number.intValue();
    }

    private String text(JsonNode in, String path, String name, int charsMax) {
        JsonNode text = in.path(name);
        if (!text.isTextual() || text.textValue().isBlank()
                || text.textValue().length() > charsMax) {
            fault(path + '/' + name, "malformed",
                    name + " must be a text of 1 to " + charsMax + " characters");
            return "";
        }
        return text.textValue();
    }

    private void fault(String path, String code, String message) {
        problems.add(new FieldProblem(path, code, message, "See docs/workers.md"));
    }

    private void refuseFaults() {
        if (!problems.isEmpty()) {
            throw WorkRefusals.malformed(problems);
        }
    }

    private static JsonNode object(JsonNode body) {
        if (body == null || !body.isObject()) {
            throw new HubException(HubErrorCode.BODY_INVALID, "The body must be a JSON object");
        }
        return body;
    }

    private static HubException tooLarge(String detail) {
        return new HubException(HubErrorCode.PAYLOAD_TOO_LARGE, detail);
    }
}
