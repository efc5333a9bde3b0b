package io.adaos.hub.projection.rules;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;

import io.adaos.hub.contracts.id.NodeId;
import io.adaos.hub.contracts.id.WebspaceId;
import io.adaos.hub.contracts.rules.ProjectionMode;
import io.adaos.hub.contracts.rules.ProjectionPath;
import io.adaos.hub.contracts.rules.ProjectionRule;
import io.adaos.hub.contracts.rules.RuleBudget;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class AddressingTest {

    @ParameterizedTest
    @CsvSource({
        "data/weather,data/nodes/n1/weather",
        "data/weather/current,data/nodes/n1/weather/current",
        "y:data/weather,y:data/nodes/n1/weather",
        "y:ui/x,y:ui/x",
        "data/browsers,data/nodes/n1/browsers",
        "data/devices/x,data/devices/x",
        "data/nodes/other/x,data/nodes/other/x",
        "data/a~1b/c,data/nodes/n1/a~1b/c",
        "ui/application/modals/m,ui/application/modals/m",
        "registry/x/y,registry/x/y",
        "runtime/skills/s,runtime/skills/s",
        "devices/d,devices/d",
        "data,data",
        "data/adaos_connect/x,data/adaos_connect/x",
        "data/catalog/x,data/catalog/x",
        "data/desktop/x,data/desktop/x",
        "data/installed/x,data/installed/x",
        "data/nlu/x,data/nlu/x",
        "data/nlu_teacher/x,data/nlu_teacher/x",
        "data/routing/x,data/routing/x",
        "data/scenarios/x,data/scenarios/x",
        "data/tts/x,data/tts/x",
        "data/webio/x,data/webio/x",
        "data/webspaces/x,data/webspaces/x"})
    void address_isPutBelowItsNode_unlessItIsShared(String address, String expected) {
        // Given
        NodeId node = new NodeId("n1");

        // When
        String scoped = NodeScope.scoped(address, node);

        // Then
        assertEquals(expected, scoped);
        assertEquals(expected, NodeScope.scoped(scoped, new NodeId("n2")));
    }

    @ParameterizedTest
    @CsvSource({
        "data/nodes/n1/weather/x,data/weather/x",
        "data/nodes/n2/weather,data/nodes/n2/weather",
        "data/nodes/n1,data/nodes/n1",
        "data/weather,data/weather"})
    void scopedPath_isTakenBack_forItsOwnNodeOnly(String path, String expected) {
        // Given
        List<String> segments = List.of(path.split("/"));

        // When
        List<String> plain = NodeScope.unscoped(segments, new NodeId("n1"));

        // Then
        assertEquals(List.of(expected.split("/")), plain);
    }

    @ParameterizedTest
    @CsvSource({
        "node:A:node:B:m,A,node:A:m",
        "m,A,node:A:m",
        "node:B:m,A,node:A:m",
        "node:A:m,A,node:A:m",
        "node:A:node:B:node:C:voice_chat_modal,B,node:B:voice_chat_modal",
        "node:A:m,'',m",
        "node:A,A,node:A:node:A",
        "node:A:,A,node:A:node:A:",
        "a:b:c,A,node:A:a:b:c",
        "node:A:b:c,Z,node:Z:b:c"})
    void modalId_losesAllPrefixes_andGetsOneBack(String id, String node, String expected) {
        // Given
        String given = id;

        // When
        String normal = ModalIds.ofNode(given, node);

        // Then
        assertEquals(expected, normal);
    }

    @ParameterizedTest
    @CsvSource({"m,m", "node:A:m,node:A:m", "node:A:node:B:m,node:A:m",
        "node:A:node:A:node:A:m,node:A:m", "node:A:node:B:,node:A:node:B:",
        "node:A:node,node:A:node"})
    void recursiveId_keepsItsFirstNode(String id, String expected) {
        // Given
        String given = id;

        // When
        String collapsed = ModalIds.collapsed(given);

        // Then
        assertEquals(expected, collapsed);
        assertEquals(expected, ModalIds.collapsed(collapsed));
    }

    @ParameterizedTest(name = "{0} {1}")
    @CsvSource(nullValues = "-", value = {
        "subnet,data/weather,-,data/nodes/n1/weather",
        "webspace,data/weather,-,data/weather",
        "current_user,data/p/{user_id}/s,ann,data/p/ann/s",
        "current_user,data/p/u_{user_id}_x,ann,data/p/u_ann_x",
        "current_user,data/{user_id},ann,data/ann",
        "subnet,data/{user_id}/x,ann,data/nodes/n1/ann/x",
        "subnet,data/{user_id}/x,desktop,data/desktop/x",
        "current_user,data/p/{user_id},a/b,data/p/a|b",
        "subnet,ui/application/modals/node:B:node:C:m,-,ui/application/modals/node:n1:m",
        "subnet,ui/application/modals/m/title,-,ui/application/modals/node:n1:m/title",
        "webspace,ui/application/modals/m,-,ui/application/modals/m",
        "webspace,ui/application/modals/node:B:node:C:m,-,ui/application/modals/node:B:m",
        "current_user,data/p/{user_id},-,NotAllowed",
        "current_user,data/p/{user_id},'  ',NotAllowed",
        "current_user,data/{user_id},desktop,NotAllowed",
        "current_user,data/{user_id}/x,nodes,NotAllowed",
        "current_user,data/p/{user_id},__proto__,NotAllowed",
        "webspace,runtime/{user_id}/x,operations,NotAllowed"})
    void rule_leadsToItsAddress_orIsRefused(
            String scope, String path, String user, String expected) {
        // Given
        RuleBook book = RuleBooks.of(RuleBooks.skill("s", 1, new ProjectionRule(scope, "a",
                ProjectionPath.parse(path), Optional.empty(), RuleBudget.DEFAULT,
                ProjectionMode.REPLACE)));

        // When
        Resolution answer = book.resolve(new RuleQuery(Optional.of(WebspaceId.DESKTOP), scope,
                "a", new NodeId("n1"), Optional.ofNullable(user)));

        // Then
        if (expected.equals("NotAllowed")) {
            assertInstanceOf(Resolution.NotAllowed.class, answer);
        } else {
            List<String> segments = ((Resolution.Found) answer).path().stream()
                    .map(segment -> segment.replace('/', '|')).toList();
            assertEquals(expected, String.join("/", segments));
        }
    }
}
