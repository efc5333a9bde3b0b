package io.adaos.hub.registry.actions.http;

import com.fasterxml.jackson.annotation.JsonInclude;
import io.adaos.hub.contracts.error.Problem;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.eclipse.microprofile.openapi.annotations.media.Schema;

/**
 * The body of a refusal: the envelope that clients of the action registry know, or a problem of RFC
 * 9457 for those who ask for it. Both have the same code.
 */
public final class ActionErrorForm {

    private static final String JSON = "application/json";
    private static final List<String> ANY = List.of(JSON, "application/*", "*/*");

    private ActionErrorForm() {
    }

    /** {@code {"error": …}}. */
    @Schema(name = "ErrorResponse", description = "A refusal")
    public record Envelope(Fault error) {
    }

    /** What is inside; {@code details} is null when there is nothing more to say. */
    @JsonInclude(JsonInclude.Include.ALWAYS)
    @Schema(name = "ErrorDetails", description = "Code, message, and details or null")
    public record Fault(String code, String message, Map<String, Object> details) {
    }

    /** The envelope around a code of the contract. */
    public static Envelope envelope(String code, String message, Map<String, Object> details) {
        return new Envelope(new Fault(code, message, details));
    }

    static Envelope envelope(Problem problem) {
        return envelope(code(problem), problem.detail(), details(problem));
    }

    static Map<String, Object> problem(Problem problem) {
        String code = code(problem);
        Map<String, Object> body = new LinkedHashMap<>();
        body.put("type", "urn:action-registry:error:" + code);
        body.put("title", problem.title());
        body.put("status", problem.status());
        body.put("detail", problem.detail());
        body.put("code", code);
        body.put("details", details(problem));
        body.put("retryable", problem.retryable());
        body.put("remedy", problem.remedy());
        body.put("correlation_id", problem.correlationId());
        return body;
    }

    /** Whether these values of Accept want a problem more than plain JSON. */
    static boolean isProblemWanted(String accept) {
        if (accept == null) {
            return false;
        }
        List<String> ranges = Arrays.stream(accept.split(","))
                .map(range -> range.strip().toLowerCase(Locale.ROOT)).toList();
        Optional<String> problem = ranges.stream()
                .filter(range -> type(range).equals(Problem.MEDIA_TYPE)).findFirst();
        if (problem.isEmpty() || quality(problem.get()) == 0) {
            return false;
        }
        return ranges.stream().filter(range -> ANY.contains(type(range))).noneMatch(json ->
                quality(json) > quality(problem.get())
                        || quality(json) == quality(problem.get()) && type(json).equals(JSON)
                        && ranges.indexOf(json) < ranges.indexOf(problem.get()));
    }

    /** The contract's word where it has another one than the hub. */
    private static String code(Problem problem) {
        return problem.code().equals("unauthenticated")
                ? "UNAUTHORIZED" : problem.code().toUpperCase(Locale.ROOT);
    }

    private static Map<String, Object> details(Problem problem) {
        if (problem.errors().isEmpty() && problem.members().isEmpty()) {
            return null;
        }
        Map<String, Object> details = new LinkedHashMap<>(problem.members());
        if (!problem.errors().isEmpty()) {
            details.put("errors", problem.errors());
        }
        return details;
    }

    private static String type(String range) {
        return range.split(";", 2)[0].strip();
    }

    private static double quality(String range) {
        for (String parameter : range.split(";")) {
            String text = parameter.strip();
            if (text.startsWith("q=")) {
                try {
                    return Double.parseDouble(text.substring(2));
                } catch (NumberFormatException e) {
                    return 0;
                }
            }
        }
        return 1;
    }
}
