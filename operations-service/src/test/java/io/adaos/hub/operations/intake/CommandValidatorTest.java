package io.adaos.hub.operations.intake;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.adaos.hub.contracts.error.FieldProblem;
import io.adaos.hub.contracts.id.NodeId;
import io.adaos.hub.contracts.id.WebspaceId;
import io.adaos.hub.contracts.operation.OperationKind;
import io.adaos.hub.contracts.operation.OperationRequest;
import io.adaos.hub.operations.lifecycle.KindRules;
import io.adaos.hub.operations.lifecycle.TargetCheck;
import io.adaos.hub.operations.lifecycle.machine.OperationCommand;
import io.smallrye.mutiny.Uni;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class CommandValidatorTest {

    private final CommandValidator validator = new CommandValidator(
            Map.of("skill.install", new KindRules(OperationKind.SKILL_INSTALL, "skill",
                    Set.of("channel"), Duration.ofMinutes(1),
                    command -> Uni.createFrom().item(TargetCheck.Presence.KNOWN))),
            () -> Set.of(NodeId.HUB));

    @Test
    void leastRequest_getsTheDefaults() {
        // Given
        OperationRequest request = request("skill.install", "skill", "weather", null);

        // When
        CheckedCommand checked = validator.check(request);

        // Then
        OperationCommand command = ((CheckedCommand.Valid) checked).command();
        assertEquals(WebspaceId.DESKTOP, command.webspaceId());
        assertEquals(NodeId.HUB, command.target().node());
        assertEquals(Map.of(), command.params());
    }

    @Test
    void everythingWrong_isSaidAtOnceInTheOrderOfTheMembers() {
        // Given
        OperationRequest request = new OperationRequest("skill.fly", null, "a/b", "1", "a b", "?",
                Map.of("x", 1), null, 11);

        // When
        CheckedCommand checked = validator.check(request);

        // Then
        assertEquals(List.of("/kind", "/target_kind", "/target_id", "/version", "/webspace_id",
                "/node_id", "/priority"), paths(checked));
    }

    @Test
    void unknownParameter_isNamed() {
        // Given
        OperationRequest request = new OperationRequest("skill.install", "skill", "weather", null,
                null, null, Map.of("channel", "beta", "force", true), null, null);

        // When
        CheckedCommand checked = validator.check(request);

        // Then
        assertEquals(List.of("/params/force"), paths(checked));
    }

    @ParameterizedTest
    @ValueSource(strings = {"1.0.0", "0.0.1", "1.2.3-rc.1", "1.2.3+build", "10.20.30-a.b+c.d"})
    void semVer_isAVersion(String version) {
        // Given
        OperationRequest request = request("skill.install", "skill", "weather", version);

        // When
        CheckedCommand checked = validator.check(request);

        // Then
        assertEquals(version, ((CheckedCommand.Valid) checked).command().version());
    }

    @ParameterizedTest
    @CsvSource({"1", "1.0", "v1.0.0", "01.0.0", "newest", "1.0.0-", "''", "../1.0.0"})
    void anythingElse_isNoVersion(String version) {
        // Given
        OperationRequest request = request("skill.install", "skill", "weather", version);

        // When
        CheckedCommand checked = validator.check(request);

        // Then
        assertEquals(List.of("/version"), paths(checked));
    }

    private static OperationRequest request(
            String kind, String targetKind, String targetId, String version) {
        return new OperationRequest(kind, targetKind, targetId, version, null, null, null, null,
                null);
    }

    private static List<String> paths(CheckedCommand checked) {
        return ((CheckedCommand.Invalid) checked).problems().stream()
                .map(FieldProblem::path).toList();
    }
}
