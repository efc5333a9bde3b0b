package io.adaos.hub.operations.compat;

import io.adaos.hub.contracts.error.HubException;
import io.adaos.hub.contracts.notification.OperationNotification;
import io.adaos.hub.contracts.operation.OperationState;
import io.adaos.hub.contracts.operation.OperationStatus;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Operations in the words that clients of the older interface read. */
final class LegacyAnswers {

    private LegacyAnswers() {
    }

    /** What has not ended and what ended last, oldest first, with the recent notifications. */
    static Map<String, Object> list(List<OperationState> active, List<OperationState> ended,
            List<OperationNotification> notifications) {
        List<OperationState> all = new ArrayList<>(active);
        all.addAll(ended);
        all.sort(Comparator.comparing(OperationState::startedAt)
                .thenComparing(state -> state.operationId().value()));
        Map<String, Object> byId = new LinkedHashMap<>();
        all.forEach(state -> byId.put(state.operationId().value(), state));
        Map<String, Object> list = new LinkedHashMap<>();
        list.put("by_id", byId);
        list.put("order", List.copyOf(byId.keySet()));
        list.put("active", active.stream().map(state -> state.operationId().value()).toList());
        list.put("active_items", active);
        list.put("notifications", notifications);
        list.put("persistence", persistence(all));
        return list;
    }

    /** There is no file any more; what was answered is in the database. */
    private static Map<String, Object> persistence(List<OperationState> all) {
        Map<String, Object> persistence = new LinkedHashMap<>();
        persistence.put("enabled", true);
        persistence.put("state_file", null);
        persistence.put("healthy", true);
        persistence.put("last_error", null);
        persistence.put("recovered_interrupted_total", all.stream()
                .filter(state -> state.status() == OperationStatus.RECOVERABLE).count());
        return persistence;
    }

    /** The command was taken. */
    static Map<String, Object> accepted(OperationState operation) {
        Map<String, Object> answer = new LinkedHashMap<>();
        answer.put("ok", true);
        answer.put("accepted", true);
        answer.put("operation_id", operation.operationId());
        answer.put("operation", operation);
        return answer;
    }

    /** What an installation brought; the members of the result are those of the operation. */
    static Map<String, Object> installed(OperationState done) {
        Map<String, Object> result = done.result() == null ? Map.of() : done.result();
        Map<String, Object> artifact = new LinkedHashMap<>();
        artifact.put("id", result.getOrDefault("id", done.targetId()));
        artifact.put("version", result.get("version"));
        artifact.put("path", result.get("path"));
        Map<String, Object> runtime = new LinkedHashMap<>();
        runtime.put("version", result.get("version"));
        runtime.put("slot", result.get("content_digest"));
        runtime.put("prepared", true);
        runtime.put("webspace_id", done.webspaceId());
        Map<String, Object> answer = new LinkedHashMap<>();
        answer.put("ok", true);
        answer.put(done.targetKind(), artifact);
        answer.put("runtime", runtime);
        answer.put("operation_id", done.operationId());
        if (done.targetKind().equals("scenario")) {
            answer.put("dependency_bootstrap", result.get("requirements"));
        }
        return answer;
    }

    /** Why it failed, as text. */
    static Map<String, Object> failed(OperationState ended) {
        return Map.of("detail", ended.error() == null ? ended.message() : ended.error().message(),
                "operation_id", ended.operationId());
    }

    /** A refusal as text. */
    static Map<String, Object> refused(HubException refusal) {
        return Map.of("detail", refusal.getMessage(), "code", refusal.code().code());
    }

    /** A refusal as the one word that clients compare. */
    static Map<String, Object> refusedByWord(HubException refusal) {
        return Map.of("detail", refusal.code().code(), "message", refusal.getMessage());
    }
}
