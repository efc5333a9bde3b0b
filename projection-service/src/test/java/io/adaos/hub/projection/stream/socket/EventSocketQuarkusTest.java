package io.adaos.hub.projection.stream.socket;

import static io.restassured.RestAssured.given;
import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import io.adaos.hub.contracts.id.ArtifactRef;
import io.adaos.hub.projection.operationview.OperationsUpstream;
import io.adaos.hub.projection.write.ingress.IngressFixture;
import io.adaos.hub.testing.HubTestResource;
import io.adaos.hub.testing.TestKeys;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.common.http.TestHTTPResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.response.Response;
import java.net.URI;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The event socket over real clients: streams, publishers, commands, and all that is bad input. */
@QuarkusTest
@QuarkusTestResource(HubTestResource.class)
@QuarkusTestResource(OperationsUpstream.class)
class EventSocketQuarkusTest {

    private static final Duration PATIENCE = Duration.ofSeconds(30);
    private static final String SKILLS = "webio.stream.desktop.infrastate.marketplace.skills";

    @TestHTTPResource("/")
    URI server;

    private final List<EventTestClient> opened = new ArrayList<>();
    private final String trace = "weather.trace." + UUID.randomUUID();

    @BeforeEach
    void install() {
        IngressFixture.install();
    }

    @AfterEach
    void close() {
        opened.forEach(EventTestClient::close);
    }

    @Test
    void publication_reachesReaders_andIsShownToThoseWhoComeLater() {
        // Given
        String topic = "webio.stream.desktop." + trace;
        EventTestClient reader = open(TestKeys.READER).subscribe("webio.stream.default." + trace);

        // When
        Response first = publish(TestKeys.SKILL, trace, "{\"payload\":{\"t\":\"<b>\\u202e\"}}");
        Response again = publish(TestKeys.SKILL, trace, "{\"payload\":{ \"t\": \"<b>\\u202e\"}}");
        JsonNode event = reader.event(message -> message.path("kind").asText().equals(topic));
        JsonNode later = open(TestKeys.READER).subscribe("webio.stream.desktop.weather.*")
                .event(message -> message.path("kind").asText().equals(topic));

        // Then
        assertEquals("hub.v1", reader.protocol());
        assertEquals(200, first.statusCode(), first.asString());
        assertEquals("published", first.path("outcome"));
        assertTrue(first.<Integer>path("receivers") >= 1, first.asString());
        assertEquals("skill:weather", first.path("owner"));
        assertEquals(topic, first.path("topic"));
        assertEquals("unchanged", again.path("outcome"));
        assertEquals("<b>\u202e", event.path("payload").path("t").asText());
        assertEquals("skill:weather", event.path("source").asText());
        assertEquals(event, later, "the time stays that of the publication");
    }

    @Test
    void streamOfANode_hasATopicOfItsOwn() {
        // Given
        String topic = "webio.stream.desktop.nodes.attic=2Ehub." + trace;
        EventTestClient reader = open(TestKeys.READER)
                .subscribe(topic, "webio.stream.desktop." + trace);

        // When
        publish(TestKeys.SKILL, trace, "{\"payload\":1,\"node_id\":\"attic.hub\"}");
        publish(TestKeys.SKILL, trace, "{\"payload\":2}");
        await().atMost(PATIENCE)
                .until(() -> reader.payloads("webio.stream.desktop." + trace).size() == 1);

        // Then
        assertEquals(List.of("1"), reader.payloads(topic));
    }

    @Test
    void publisher_hearsWhoListensAndWhoseValueIsWanted_onlyForItsOwnStreams() {
        // Given
        EventTestClient skill = open(TestKeys.SKILL).subscribe(
                "webio.stream.subscription.changed", "webio.stream.snapshot.requested");
        EventTestClient other = open(TestKeys.OTHER_SKILL).subscribe(
                "webio.stream.subscription.changed", "webio.stream.snapshot.requested");
        String topic = "webio.stream.desktop." + trace;

        // When
        EventTestClient reader = open(TestKeys.READER).subscribe(topic);
        JsonNode wanted = skill.event(message -> isAbout(message, topic, "requested"));
        EventTestClient late = open(TestKeys.SKILL)
                .subscribe("webio.stream.subscription.changed");
        JsonNode known = late.event(message -> isAbout(message, topic, "changed"));
        reader.close();
        JsonNode left = skill.event(message -> isAbout(message, topic, "changed")
                && message.path("payload").path("action").asText().equals("unsubscribed"));

        // Then
        assertEquals(trace, wanted.path("payload").path("receiver").asText());
        assertEquals("subscribed", known.path("payload").path("action").asText());
        assertEquals("desktop", left.path("payload").path("webspace_id").asText());
        assertTrue(other.messages().stream().noneMatch(
                message -> message.path("t").asText().equals("evt")));
    }

    @Test
    void publications_areRefused_withTheirCodes() {
        // Given
        String large = "{\"payload\":\"" + "x".repeat(1_000) + "\"}";

        // When
        List<String> codes = List.of(
                code(publish(TestKeys.SKILL, "weather.other", "{\"payload\":1}")),
                code(publish(TestKeys.OTHER_SKILL, trace, "{\"payload\":1}")),
                code(publish(TestKeys.WRITER, trace, "{\"payload\":1}")),
                code(publish(TestKeys.NODE, trace, "{\"payload\":1}")),
                code(publish(TestKeys.READER, trace, "{\"payload\":1}")),
                code(publish(TestKeys.ADMIN, "infrastate.marketplace.skills", "{\"payload\":1}")),
                code(publish(TestKeys.ADMIN, "operations.log.op_1", "{\"payload\":1}")),
                code(publish(TestKeys.SKILL, "nodes.k.x", "{\"payload\":1}")),
                code(publish(TestKeys.SKILL, trace, large)),
                code(publish(TestKeys.SKILL, trace, "{\"payload\":" + list(11) + "}")),
                code(publish(TestKeys.SKILL, trace, "{\"payload\":" + "x".repeat(10))),
                code(publish(TestKeys.SKILL, trace, "{\"value\":1}")),
                code(publish(TestKeys.SKILL, trace, "{\"payload\":1,\"node_id\":\"a/b\"}")),
                code(publish(TestKeys.SKILL, trace, "{\"payload\":\"\\ud800\"}")),
                code(publish(TestKeys.SKILL, trace, "{\"payload\":\"" + "x".repeat(2 << 20)
                        + "\"}")),
                code(given().auth().oauth2(TestKeys.SKILL).contentType("application/json")
                        .body("{\"payload\":1}").post("/v1/webspaces/nowhere/streams/" + trace)));

        // Then
        assertEquals(List.of("404 stream_not_declared", "403 wrong_owner", "403 wrong_owner",
                "403 owner_missing", "403 forbidden", "403 wrong_owner", "403 wrong_owner",
                "400 request_invalid", "413 payload_budget_exceeded",
                "413 payload_budget_exceeded", "400 body_invalid", "400 body_invalid",
                "400 body_invalid", "422 value_invalid", "413 payload_budget_exceeded",
                "404 webspace_unknown"), codes);
    }

    @Test
    void counters_areShown() {
        // Given
        open(TestKeys.READER).subscribe("webio.stream.desktop." + trace);
        publish(TestKeys.SKILL, trace, "{\"payload\":1}");

        // When
        String metrics = given().get("/metrics").asString();

        // Then
        assertEquals(List.of(), Stream.of("hub_stream_attempted_total",
                "hub_stream_published_total", "hub_stream_throttled_total",
                "hub_stream_suppressed_total{reason=\"unchanged\"",
                "hub_stream_subscriptions", "hub_stream_kept_bytes",
                "hub_stream_queue_total{event=\"dropped\"", "hub_ws_sockets")
                .filter(name -> !metrics.contains(name)).toList());
    }

    @Test
    void warning_isGivenBeforeTheBudgetIsReached() {
        // Given
        String near = "{\"payload\":\"" + "x".repeat(800) + "\"}";

        // When
        Response warned = publish(TestKeys.SKILL, trace, near);

        // Then
        assertEquals("payload_pressure", warned.path("warning"), warned.asString());
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', value = {
        "'type':'subscribe','topics':['webio.stream.desktop.a','nonsense']|topic_invalid|1",
        "'type':'subscribe','topics':['webio.stream.lab.a']|forbidden|0",
        "'type':'subscribe','topics':['webio.stream.subscription.changed']|forbidden|0",
        "'type':'subscribe','topics':['webio.stream.*']|topic_invalid|0",
        "'type':'subscribe','topics':'webio.stream.desktop.a'|body_invalid|0",
        "'type':'subscribe','topics':[]|body_invalid|0",
        "'type':'subscribe','topics':[7]|body_invalid|0",
        "'type':'hello'|body_invalid|0",
        "'ch':'events','t':'cmd','kind':7|body_invalid|0",
        "'ch':'events','t':'cmd','kind':'skills.update','payload':{}|command_unknown|0",
        "'ch':'events','t':'cmd','kind':'<img src=x>'|command_unknown|0",
        "'ch':'events','t':'cmd','kind':'desktop.scenario.set','payload':7|forbidden|0"})
    void badMessage_isAnsweredWithItsError_andTheSocketStays(
            String members, String error, int taken) {
        // Given
        EventTestClient client = open(TestKeys.READER);

        // When
        JsonNode answer = client.ask("7", members.replace('\'', '"'));
        JsonNode next = client.ask("8",
                "\"type\":\"unsubscribe\",\"topics\":[\"webio.stream.desktop.a\"]");

        // Then
        assertFalse(answer.path("ok").asBoolean());
        assertEquals(error, answer.path("error").asText(), answer.toString());
        assertEquals(taken, answer.path("data").path("topics").size());
        assertFalse(answer.path("remedy").asText().isEmpty());
        assertTrue(next.path("ok").asBoolean(), next.toString());
    }

    @Test
    void messagesThatAreNoJson_orTooDeep_orUnmarked_areAnswered() {
        // Given
        EventTestClient client = open(TestKeys.READER);

        // When
        client.say("").say("{").say("[".repeat(60_000)).say("null").say("{\"id\":{}}")
                .say("{\"type\":\"subscribe\",\"topics\":[\"\u0000\"]}");

        // Then
        await().atMost(PATIENCE).until(() -> client.messages().size() == 6);
        assertTrue(client.messages().stream().noneMatch(message -> message.path("ok").asBoolean()));
        assertTrue(client.isOpen());
    }

    @Test
    void unknownWebspace_isNotListenedTo() {
        // Given
        EventTestClient admin = open(TestKeys.ADMIN);

        // When
        JsonNode answer = admin.ask("1",
                "\"type\":\"subscribe\",\"topics\":[\"webio.stream.nowhere.a\"]");

        // Then
        assertEquals("webspace_unknown", answer.path("error").asText(), answer.toString());
        assertEquals(0, answer.path("data").path("topics").size());
    }

    @Test
    void scenarioCommand_doesWhatItsEndpointDoes() {
        // Given
        ArtifactRef scenario = new ArtifactRef("scenario", "s" + UUID.randomUUID());
        OperationsUpstream.get().shelf().publishManifest(scenario, "1.0.0", "{}");
        OperationsUpstream.get().shelf().install(scenario, "1.0.0");
        String webspace = "events-" + UUID.randomUUID().toString().substring(0, 8);
        given().auth().oauth2(TestKeys.ADMIN).put("/v1/webspaces/" + webspace)
                .then().statusCode(201);
        await().atMost(PATIENCE).until(() -> given().auth().oauth2(TestKeys.ADMIN)
                .get("/v1/projections/rules/scenario/" + scenario.id()).statusCode() == 200);

        // When
        JsonNode answer = open(TestKeys.ADMIN).ask("1", """
                "ch":"events","t":"cmd","kind":"desktop.scenario.set",
                "payload":{"webspace_id":"%s","scenario_id":"%s"}"""
                .formatted(webspace, scenario.id()));

        // Then
        assertTrue(answer.path("ok").asBoolean(), answer.toString());
        assertEquals("1.0.0", answer.path("data").path("version").asText());
        assertEquals(scenario.id(), given().auth().oauth2(TestKeys.ADMIN)
                .get("/v1/webspaces/" + webspace + "/scenario").path("scenario_id"));
    }

    @Test
    void subscriptions_areBounded() {
        // Given
        EventTestClient client = open(TestKeys.READER);
        List<String> errors = new ArrayList<>();

        // When
        for (int i = 0; i < 3; i++) {
            List<String> topics = new ArrayList<>();
            for (int k = 0; k < 64; k++) {
                topics.add("\"webio.stream.desktop.flood." + i + '.' + k + '"');
            }
            errors.add(client.ask("m" + i, "\"type\":\"subscribe\",\"topics\":["
                    + String.join(",", topics) + "]").path("error").asText());
        }

        // Then
        assertEquals(List.of("", "", "subscription_limit"), errors);
    }

    @Test
    void floodOfMessages_endsTheSocket() {
        // Given
        EventTestClient client = open(TestKeys.READER);

        // When
        for (int i = 0; i < 5_000 && client.isOpen(); i++) {
            client.trySay("{\"type\":\"subscribe\",\"topics\":[\"webio.stream.desktop.a\"]}");
        }

        // Then
        assertEquals(4429, client.closeCode());
    }

    @Test
    void badSockets_areClosedWithTheirCodes() {
        // Given
        EventTestClient large = open(TestKeys.READER);
        EventTestClient binary = open(TestKeys.READER);

        // When
        large.say("\"" + "x".repeat(70_000) + "\"");
        binary.sayBytes((byte) 0, (byte) 1);

        // Then
        assertEquals(1009, large.closeCode());
        assertEquals(4400, binary.closeCode());
        assertEquals(4401, open("no-such-token").closeCode());
        assertEquals(4401, open(TestKeys.EXPIRED).closeCode());
        assertEquals(4403, EventTestClient.openFrom("http://evil.example", server,
                "/ws?token=" + TestKeys.READER).closeCode());
    }

    @Test
    void readerThatReadsNothing_costsNobodyAnything_andEveryoneElseGetsAll() {
        // Given
        String topic = "webio.stream.desktop.weather.now";
        EventTestClient slow = EventTestClient.openWithoutReading(server, TestKeys.READER);
        opened.add(slow);
        slow.say("{\"type\":\"subscribe\",\"topics\":[\"webio.stream.desktop.*\"]}");
        EventTestClient reader = open(TestKeys.READER).subscribe(topic);
        String large = "x".repeat(200_000);

        // When
        for (int i = 0; i < 40; i++) {
            publish(TestKeys.SKILL, "weather.now", "{\"payload\":\"" + i + large + "\"}");
        }

        // Then
        await().atMost(PATIENCE).until(() -> reader.payloads(topic).stream()
                .anyMatch(payload -> payload.startsWith("\"39x")));
        assertTrue(reader.isOpen());
    }

    @Test
    void marketplace_isToldOfPushesAndInstallations_andOfGaps() {
        // Given
        ArtifactRef skill = new ArtifactRef(
                "skill", "m" + UUID.randomUUID().toString().substring(0, 8));
        EventTestClient reader = open(TestKeys.READER).subscribe(SKILLS);
        reader.event(message -> isFrom(message, "registry")
                && message.path("payload").path("reload").asBoolean());

        // When
        AtomicLong revision = new AtomicLong();
        JsonNode push = reader.eventAfter(() -> OperationsUpstream.get().catalog().push(
                skill, revision.incrementAndGet(), "corr-1"), message -> tells(message,
                        "registry", skill));
        OperationsUpstream.get().shelf().publishManifest(skill, "1.0.0", "{}");
        JsonNode installed = reader.eventAfter(() -> OperationsUpstream.get().shelf().install(
                skill, "1.0.0"), message -> tells(message, "operations", skill));
        long lost = OperationsUpstream.get().catalog().loseFact();
        JsonNode gap = reader.event(message -> isFrom(message, "registry")
                && message.path("payload").path("sequence").asLong() >= lost);

        // Then
        JsonNode change = push.path("payload").path("changed").get(0);
        assertEquals(skill.id(), change.path("id").asText(), push.toString());
        assertEquals("corr-1", change.path("correlation_id").asText());
        assertTrue(change.path("revision").asLong() >= 1, push.toString());
        assertEquals("catalog-1", push.path("payload").path("epoch").asText());
        assertEquals(skill.id(),
                installed.path("payload").path("changed").get(0).path("id").asText());
        assertTrue(gap.path("payload").path("reload").asBoolean(), gap.toString());
    }

    private EventTestClient open(String token) {
        EventTestClient client = EventTestClient.open(server, token);
        opened.add(client);
        return client;
    }

    private static Response publish(String key, String receiver, String body) {
        return given().auth().oauth2(key).contentType("application/json").body(body)
                .post("/v1/webspaces/desktop/streams/" + receiver);
    }

    private static String code(Response response) {
        return response.statusCode() + " " + response.path("code");
    }

    private static String list(int items) {
        return "[" + "0,".repeat(items - 1) + "0]";
    }

    private static boolean isAbout(JsonNode message, String topic, String control) {
        return message.path("kind").asText().endsWith(control)
                && message.path("payload").path("topic").asText().equals(topic);
    }

    private static boolean tells(JsonNode message, String source, ArtifactRef changed) {
        return isFrom(message, source) && message.path("payload").path("changed").toString()
                .contains('"' + changed.id() + '"');
    }

    private static boolean isFrom(JsonNode message, String source) {
        return message.path("kind").asText().equals(SKILLS)
                && message.path("payload").path("source").asText().equals(source);
    }
}
