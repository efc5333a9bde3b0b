package io.adaos.hub.operations.lifecycle.machine;

import com.fasterxml.jackson.annotation.JsonIgnore;
import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectWriter;
import com.fasterxml.jackson.databind.SerializationFeature;
import io.adaos.hub.contracts.id.WebspaceId;
import io.adaos.hub.contracts.operation.OperationKind;
import io.adaos.hub.contracts.operation.OperationState;
import io.adaos.hub.runtime.http.HubJson;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Collections;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * A request whose every member was checked; what a retry repeats.
 *
 * @param version wanted version, null for the newest
 * @param params as the kind documents them
 * @param queue wait in line when another operation has the target, instead of being refused
 * @param priority -10 to 10; higher ones run first
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record OperationCommand(
        OperationKind kind,
        TargetRef target,
        String version,
        WebspaceId webspaceId,
        Map<String, Object> params,
        boolean queue,
        @JsonInclude(JsonInclude.Include.NON_DEFAULT) int priority) {

    /** Sorted keys: equal values, equal bytes. */
    private static final ObjectWriter CANONICAL =
            HubJson.mapper().writer(SerializationFeature.ORDER_MAP_ENTRIES_BY_KEYS);

    public OperationCommand {
        if (priority < OperationState.PRIORITY_MIN || priority > OperationState.PRIORITY_MAX) {
            throw new IllegalArgumentException("priority out of range: " + priority);
        }
        params = Collections.unmodifiableMap(new LinkedHashMap<>(params));
    }

    /** Equal for requests that join each other: same kind, version and params. */
    @JsonIgnore
    public String joinDigest() {
        Map<String, Object> identity = new LinkedHashMap<>();
        identity.put("kind", kind.value());
        identity.put("version", version);
        identity.put("params", params);
        return digest(identity);
    }

    /** Equal for equal requests, members that are only defaults included. */
    @JsonIgnore
    public String bodyDigest() {
        return digest(this);
    }

    private static String digest(Object value) {
        try {
            byte[] digest = MessageDigest.getInstance("SHA-256")
                    .digest(CANONICAL.writeValueAsBytes(value));
            return HexFormat.of().formatHex(digest);
        } catch (JsonProcessingException e) {
            throw new IllegalArgumentException("not a JSON value", e);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every JDK has SHA-256", e);
        }
    }
}
