package io.adaos.hub.contracts.operation;

import com.fasterxml.jackson.annotation.JsonInclude;
import io.adaos.hub.contracts.id.NodeId;
import io.adaos.hub.contracts.id.OperationId;
import io.adaos.hub.contracts.id.WebspaceId;
import java.time.Instant;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * The full record of one long-running piece of work; nulls are written, as existing clients expect.
 *
 * @param progress 0 to 100
 * @param startedAt when it was accepted
 * @param finishedAt when it became terminal, else null
 * @param result what it produced, null unless succeeded
 * @param scope tags by which clients disable affordances: {@code global}, kind, {@code skill:<id>}
 * @param canCancel the step at hand may still be cancelled
 * @param retryOf the operation this one repeats, else null
 * @param attempt from 1
 * @param version wanted version, null for the newest
 * @param plan its steps, null while its kind has none
 * @param parentId the operation that started this one, else null
 * @param priority -10 to 10; higher ones run first
 * @param input what it wants to know while {@code waiting_input}, else null
 * @param revision +1 per change, from 1
 */
@JsonInclude(JsonInclude.Include.ALWAYS)
public record OperationState(
        OperationId operationId,
        OperationKind kind,
        String targetKind,
        String targetId,
        OperationStatus status,
        int progress,
        String message,
        String currentStep,
        Instant startedAt,
        Instant updatedAt,
        Instant finishedAt,
        Map<String, Object> result,
        OperationError error,
        Initiator initiator,
        List<String> scope,
        boolean canCancel,
        boolean canRetry,
        OperationId retryOf,
        int attempt,
        WebspaceId webspaceId,
        NodeId nodeId,
        String version,
        OperationPlan plan,
        OperationId parentId,
        int priority,
        OperationInput input,
        long revision) {

    public static final int PRIORITY_MIN = -10;
    public static final int PRIORITY_MAX = 10;

    public OperationState {
        if (progress < 0 || progress > 100) {
            throw new IllegalArgumentException("progress out of range: " + progress);
        }
        if (attempt < 1 || revision < 1) {
            throw new IllegalArgumentException("attempt and revision start at 1");
        }
        if (priority < PRIORITY_MIN || priority > PRIORITY_MAX) {
            throw new IllegalArgumentException("priority out of range: " + priority);
        }
        scope = List.copyOf(scope);
        result = result == null ? null : Collections.unmodifiableMap(new LinkedHashMap<>(result));
    }
}
