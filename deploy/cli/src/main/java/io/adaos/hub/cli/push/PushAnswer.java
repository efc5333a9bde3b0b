package io.adaos.hub.cli.push;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.List;

/**
 * What the registry answered to one push.
 *
 * @param body the JSON body; a missing node when it was no JSON
 */
record PushAnswer(int httpStatus, JsonNode body) {

    PushExit exit() {
        return PushExit.of(httpStatus, body.path("code").asText(""));
    }

    /** For people: the published version on one line, or the refusal with all its faults. */
    List<String> lines(String path, boolean dryRun) {
        return exit() == PushExit.DONE ? published(dryRun) : refused(path);
    }

    private List<String> published(boolean dryRun) {
        List<String> lines = new ArrayList<>();
        String outcome = dryRun ? "valid, nothing stored (dry run)"
                : body.path("created").asBoolean(httpStatus == 201) ? "created" : "identical";
        lines.add(String.join("  ", body.path("kind").asText("artifact"),
                body.path("id").asText("?"), body.path("version").asText("?"),
                body.path("digest").asText(body.path("content_digest").asText("-")), outcome));
        body.path("warnings").forEach(warning -> lines.add("  warning: " + text(warning)));
        return lines;
    }

    private List<String> refused(String path) {
        List<String> lines = new ArrayList<>();
        String code = body.path("code").asText("");
        lines.add("error: " + path + ": " + body.path("detail")
                .asText(body.path("title").asText("the registry answered without a reason"))
                + " (HTTP " + httpStatus + (code.isEmpty() ? "" : " " + code) + ")");
        body.path("errors").forEach(fault -> lines.add("  " + text(fault)));
        if (body.hasNonNull("remedy")) {
            lines.add("  way out: " + body.path("remedy").asText());
        }
        if (body.hasNonNull("correlation_id")) {
            lines.add("  correlation id: " + body.path("correlation_id").asText());
        }
        return lines;
    }

    /** One fault or warning: where, what, what to do. */
    private static String text(JsonNode fault) {
        if (fault.isTextual()) {
            return fault.asText();
        }
        StringBuilder text = new StringBuilder();
        if (!fault.path("path").asText("").isEmpty()) {
            text.append(fault.path("path").asText()).append(": ");
        }
        text.append(fault.path("message").asText(fault.path("code").asText("")));
        if (!fault.path("remedy").asText("").isEmpty()) {
            text.append(" -> ").append(fault.path("remedy").asText());
        }
        return text.toString();
    }
}
