package io.adaos.hub.operations.lifecycle.machine;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;

import io.adaos.hub.contracts.id.NodeId;
import io.adaos.hub.contracts.id.WebspaceId;
import io.adaos.hub.contracts.operation.OperationKind;
import io.adaos.hub.runtime.http.HubJson;
import java.util.LinkedHashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;

class OperationCommandTest {

    @Test
    void joinDigest_ignoresOrderOfParamsAndPlaceOfDisplay() {
        // Given
        Map<String, Object> params = new LinkedHashMap<>();
        params.put("a", 1);
        params.put("b", Map.of("c", true));
        Map<String, Object> turned = new LinkedHashMap<>();
        turned.put("b", Map.of("c", true));
        turned.put("a", 1);

        // When
        String one = command("1.0.0", params, "desktop").joinDigest();
        String other = command("1.0.0", turned, "kitchen").joinDigest();

        // Then
        assertEquals(one, other);
        assertNotEquals(one, command(null, params, "desktop").joinDigest());
        assertNotEquals(one, command("1.0.0", Map.of(), "desktop").joinDigest());
    }

    @Test
    void bodyDigest_countsEveryMember() {
        // Given
        OperationCommand command = command("1.0.0", Map.of(), "desktop");

        // When
        String digest = command.bodyDigest();

        // Then
        assertEquals(digest, command("1.0.0", Map.of(), "desktop").bodyDigest());
        assertNotEquals(digest, command("1.0.0", Map.of(), "kitchen").bodyDigest());
    }

    @Test
    void storedCommand_readAgain_isEqual() throws Exception {
        // Given
        OperationCommand command = command("1.0.0", Map.of("a", 1), "desktop");

        // When
        String json = HubJson.mapper().writeValueAsString(command);

        // Then
        assertEquals(command, HubJson.mapper().readValue(json, OperationCommand.class));
    }

    private static OperationCommand command(
            String version, Map<String, Object> params, String webspace) {
        return new OperationCommand(OperationKind.SKILL_INSTALL,
                new TargetRef("skill", "weather", NodeId.HUB), version,
                new WebspaceId(webspace), params, false, 0);
    }
}
