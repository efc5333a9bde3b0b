package io.adaos.hub.projection.stream.topic;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.adaos.hub.contracts.id.NodeId;
import io.adaos.hub.contracts.id.WebspaceId;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class TopicPatternTest {

    @ParameterizedTest
    @CsvSource({
        "webio.stream.desktop.weather.now, webio.stream.desktop.weather.now, '', weather.now",
        "webio.stream.default.x, webio.stream.desktop.x, '', x",
        "webio.stream.lab.nodes.kitchen.a.b, webio.stream.lab.nodes.kitchen.a.b, kitchen, a.b",
        "webio.stream.lab.nodes.a=2Eb.c, webio.stream.lab.nodes.a=2Eb.c, a.b, c",
        "webio.stream.lab.*, webio.stream.lab.*, '', *",
        "webio.stream.lab.infra*, webio.stream.lab.infra*, '', infra*",
        "webio.stream.lab.nodes.n.logs.*, webio.stream.lab.nodes.n.logs.*, n, logs.*",
        "webio.stream.lab.nodes.n*, webio.stream.lab.nodes.n*, '', nodes.n*"})
    void topic_isReadAndWrittenInItsPlainForm(
            String topic, String plain, String node, String receiver) {
        // Given
        Optional<NodeId> expected = node.isEmpty() ? Optional.empty()
                : Optional.of(new NodeId(node));

        // When
        TopicPattern pattern = TopicPattern.parse(topic);

        // Then
        assertEquals(plain, pattern.wire());
        assertEquals(expected, pattern.node());
        assertEquals(receiver, pattern.wireReceiver());
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "*", "webio.*", "webio.stream.*", "webio.stream.desktop",
        "webio.stream.desktop.", "webio.stream..x", "webio.stream.desk top.x",
        "webio.stream.desktop.a*b", "webio.stream.desktop.**", "webio.stream.desktop.a>b",
        "webio.stream.desktop.nodes.k", "webio.stream.desktop.nodes..x",
        "webio.stream.desktop.x\u0000y", "webio.stream.desktop.ж", "webio.yjs.desktop.x",
        "webio.stream.subscription.changed", "webio.stream.snapshot.requested"})
    void whatIsNoTopic_isRefused(String topic) {
        // Given
        // nothing but the text

        // When
        IllegalArgumentException refusal = assertThrows(
                IllegalArgumentException.class, () -> TopicPattern.parse(topic));

        // Then
        assertEquals(false, refusal.getMessage().isBlank());
    }

    @Test
    void longTopic_isRefusedBeforeItIsReadInto() {
        // Given
        String topic = "webio.stream.desktop." + "x".repeat(100_000);

        // When
        IllegalArgumentException refusal = assertThrows(
                IllegalArgumentException.class, () -> TopicPattern.parse(topic));

        // Then
        assertEquals(true, refusal.getMessage().length() < 200);
    }

    @ParameterizedTest
    @CsvSource({
        "webio.stream.lab.a.b, webio.stream.lab.a.b, true",
        "webio.stream.lab.a.b, webio.stream.lab.a.bc, false",
        "webio.stream.lab.a*, webio.stream.lab.a.bc, true",
        "webio.stream.lab.*, webio.stream.lab.nodes.n.a, true",
        "webio.stream.lab.*, webio.stream.lab2.a, false"})
    void messages_goToWhoListensToThem(String wanted, String topic, boolean expected) {
        // Given
        TopicPattern pattern = TopicPattern.parse(wanted);

        // When
        boolean matches = pattern.matches(topic);

        // Then
        assertEquals(expected, matches);
    }

    @ParameterizedTest
    @CsvSource({
        "webio.stream.lab.logs.7, logs.*, true",
        "webio.stream.lab.logs.7, logs.7, true",
        "webio.stream.lab.logs.7, logs.70, false",
        "webio.stream.lab.logs.70, logs.7, false",
        "webio.stream.lab.lo*, logs.*, true",
        "webio.stream.lab.logs.7*, logs.*, true",
        "webio.stream.lab.*, anything, true",
        "webio.stream.lab.now*, logs.*, false",
        "webio.stream.lab.nodes.n.logs.7, logs.*, true",
        "webio.stream.lab.nodes.*, logs.*, true"})
    void publishers_hearOfWishesForTheirReceivers(
            String wanted, String declared, boolean expected) {
        // Given
        TopicPattern pattern = TopicPattern.parse(wanted);

        // When
        boolean meets = pattern.meets(declared);

        // Then
        assertEquals(expected, meets);
    }

    @Test
    void receiver_thatWouldBeAnotherTopic_canNotBeMade() {
        // Given
        WebspaceId subscription = new WebspaceId("subscription");

        // When
        assertThrows(IllegalArgumentException.class,
                () -> StreamTopic.of(subscription, "changed"));
        IllegalArgumentException node = assertThrows(IllegalArgumentException.class,
                () -> StreamTopic.of(WebspaceId.DESKTOP, "nodes.kitchen.x"));

        // Then
        assertEquals("'nodes.' begins the stream of a node", node.getMessage());
    }
}
