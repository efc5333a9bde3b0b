package io.adaos.hub.marketplace.infrastate;

import com.fasterxml.jackson.databind.JsonNode;
import io.adaos.hub.contracts.id.ArtifactRef;
import io.adaos.hub.marketplace.infrastate.InfrastateAction.Place;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Bodies of {@code POST …/action}, all sent with status 200 as old clients expect. */
final class ActionAnswers {

    private static final List<String> OF_PROBLEM =
            List.of("detail", "remedy", "retryable", "errors", "holder");

    private ActionAnswers() {
    }

    /** An operation that was asked for, and what operations-service said. */
    record Started(ArtifactRef target, Fetched answer) {
    }

    static Map<String, Object> unusable(InfrastateAction.Unusable action) {
        Map<String, Object> body = new LinkedHashMap<>();
        body.put("ok", false);
        body.put("accepted", false);
        body.put("webspace_id", "");
        body.put("action", action.action());
        body.put("error", action.error());
        body.put("detail", action.detail());
        return body;
    }

    /** Rows that are needed for it cannot be known now. */
    static Map<String, Object> notYet(Place place, String error, String detail) {
        Map<String, Object> body = head(false, InfrastateAction.UPDATE, place);
        body.put("error", error);
        body.put("detail", detail);
        body.put("retryable", true);
        return body;
    }

    static Map<String, Object> installed(Place place, Started started) {
        boolean accepted = started.answer() instanceof Fetched.Answered;
        Map<String, Object> body = head(accepted, InfrastateAction.INSTALL, place);
        putOutcome(body, started.answer());
        started.answer().said().ifPresent(answer -> {
            Map<String, Object> result = new LinkedHashMap<>();
            result.put("ok", true);
            result.put("accepted", true);
            result.put("operation_id", answer.path("operation_id"));
            result.put("joined", answer.path("joined"));
            result.put("operation", answer.path("operation"));
            body.put("result", result);
            body.put("snapshot", Map.of());
        });
        return body;
    }

    /**
     * Accepted when at least one operation was, or when there was nothing to do; ok when none was
     * refused.
     */
    static Map<String, Object> updated(Place place, List<Started> started) {
        List<Object> ids = new ArrayList<>();
        List<Map<String, Object>> items = new ArrayList<>();
        for (Started one : started) {
            Map<String, Object> item = new LinkedHashMap<>();
            item.put("target_kind", one.target().kind());
            item.put("target_id", one.target().id());
            putOutcome(item, one.answer());
            one.answer().said().ifPresent(answer -> ids.add(answer.path("operation_id")));
            items.add(item);
        }
        boolean ok = ids.size() == started.size();
        Map<String, Object> body =
                head(ok, InfrastateAction.UPDATE, place);
        body.put("accepted", started.isEmpty() || !ids.isEmpty());
        body.put("operation_id", ids.isEmpty() ? null : ids.get(0));
        if (!ok) {
            body.put("error", ids.isEmpty() ? "updates_refused" : "some_updates_refused");
        }
        Map<String, Object> result = new LinkedHashMap<>();
        result.put("ok", ok);
        result.put("accepted", started.isEmpty() || !ids.isEmpty());
        result.put("operation_ids", ids);
        result.put("operations", items);
        result.put("up_to_date", started.isEmpty());
        body.put("result", result);
        body.put("snapshot", Map.of());
        return body;
    }

    private static Map<String, Object> head(boolean ok, String action, Place place) {
        Map<String, Object> body = new LinkedHashMap<>();
        body.put("ok", ok);
        body.put("accepted", ok);
        body.put("webspace_id", place.webspace().value());
        body.put("action", action);
        body.put("target_node_id", place.node().value());
        return body;
    }

    private static void putOutcome(Map<String, Object> body, Fetched answer) {
        if (answer instanceof Fetched.Answered answered) {
            body.put("operation_id", answered.body().path("operation_id"));
        } else if (answer instanceof Fetched.Refused refused) {
            body.put("error", refused.code());
            for (String member : OF_PROBLEM) {
                JsonNode value = refused.problem().path(member);
                if (!value.isMissingNode()) {
                    body.put(member, value);
                }
            }
        } else {
            body.put("error", "upstream_unavailable");
            body.put("detail", "operations-service does not answer; it is not known whether it"
                    + " has begun. Ask again with the same request_id");
            body.put("retryable", true);
        }
    }
}
