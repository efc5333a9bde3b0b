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
        long revision) {

    public OperationState {
        if (progress < 0 || progress > 100) {
            throw new IllegalArgumentException("progress out of range: " + progress);
        }
        if (attempt < 1 || revision < 1) {
            throw new IllegalArgumentException("attempt and revision start at 1");
        }
        scope = List.copyOf(scope);
        result = result == null ? null : Collections.unmodifiableMap(new LinkedHashMap<>(result));
    }
}
