package io.adaos.hub.projection.operationview;

import io.adaos.hub.contracts.operation.OperationState;
import io.adaos.hub.runtime.http.HubJson;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * What the document shows of an operation: what clients need to draw it and to act on it. The plan
 * is shown as a place in it, an error without its cause, and the log not at all.
 */
final class OperationDocument {

    private static final List<String> SHOWN = List.of(
            "operation_id", "kind", "target_kind", "target_id", "version", "status", "progress",
            "message", "current_step", "started_at", "updated_at", "finished_at", "initiator",
            "scope", "can_cancel", "can_retry", "retry_of", "parent_id", "attempt", "input",
            "webspace_id", "node_id", "revision");

    /** A larger result is read from operations-service by who wants it. */
    private static final int RESULT_CHARS_MAX = 2_048;

    private OperationDocument() {
    }

    /** The members of the record that are shown, and where in its plan it is. */
    static Map<String, Object> of(OperationState operation) {
        Map<String, Object> members = DocumentJson.of(operation);
        Map<String, Object> shown = new LinkedHashMap<>();
        for (String name : SHOWN) {
            if (members.containsKey(name)) {
                shown.put(name, members.get(name));
            }
        }
        shown.put("result", result(members.get("result")));
        shown.put("error", error(members.get("error")));
        if (members.get("plan") instanceof Map<?, ?> plan) {
            putPlace(shown, plan);
        }
        return shown;
    }

    private static void putPlace(Map<String, Object> shown, Map<?, ?> plan) {
        shown.put("step_index", plan.get("at"));
        shown.put("step_count", plan.get("steps") instanceof List<?> steps ? steps.size() : 0);
        shown.put("eta_at", plan.get("eta_at"));
        shown.put("too_late_since", plan.get("too_late_since"));
    }

    private static Object error(Object error) {
        if (error instanceof Map<?, ?> members) {
            Map<Object, Object> shown = new LinkedHashMap<>(members);
            shown.remove("cause");
            return shown;
        }
        return null;
    }

    private static Object result(Object result) {
        if (result == null) {
            return null;
        }
        int chars = HubJson.mapper().valueToTree(result).toString().length();
        return chars <= RESULT_CHARS_MAX ? result : Map.of("omitted_chars", chars);
    }
}
