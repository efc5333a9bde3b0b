package io.adaos.hub.contracts.operation;

import com.fasterxml.jackson.annotation.JsonInclude;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * The body of {@code POST /v1/operations}, unchecked: every member is judged by the intake, so that
 * all that is wrong can be said at once.
 *
 * @param kind operation kind, required
 * @param targetKind {@code skill} or {@code scenario}, required
 * @param targetId id of the artifact, required
 * @param version wanted version; absent means the newest
 * @param webspaceId where the operation is shown, default {@code desktop}
 * @param nodeId where it runs, default {@code hub}
 * @param priority -10 to 10, default 0; higher ones run first
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record OperationRequest(
        String kind,
        String targetKind,
        String targetId,
        String version,
        String webspaceId,
        String nodeId,
        Map<String, Object> params,
        Boolean queue,
        Integer priority) {
    public OperationRequest {
        params = params == null ? null : Collections.unmodifiableMap(new LinkedHashMap<>(params));
    }
}
