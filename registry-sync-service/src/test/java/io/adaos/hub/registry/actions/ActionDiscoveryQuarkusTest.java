package io.adaos.hub.registry.actions;

import static io.adaos.hub.registry.actions.ActionRequests.at;
import static io.adaos.hub.registry.actions.ActionRequests.publish;
import static io.adaos.hub.registry.actions.ActionRequests.publisher;
import static io.restassured.RestAssured.given;
import static org.hamcrest.Matchers.is;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;

import com.fasterxml.jackson.databind.JsonNode;
import io.adaos.hub.contracts.bus.HubSubjects;
import io.adaos.hub.runtime.http.HubJson;
import io.adaos.hub.testing.HubTestResource;
import io.nats.client.Connection;
import io.nats.client.JetStreamSubscription;
import io.nats.client.Message;
import io.nats.client.Nats;
import io.nats.client.PushSubscribeOptions;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.response.Response;
import io.vertx.mutiny.sqlclient.Pool;
import jakarta.inject.Inject;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.function.IntFunction;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Lists, races, facts, and what becomes of actions whose bytes or keys are no longer good. */
@QuarkusTest
@QuarkusTestResource(HubTestResource.class)
class ActionDiscoveryQuarkusTest {

    private static final Duration PATIENCE = Duration.ofSeconds(30);
    private static final int RACERS = 12;

    @Inject
    Pool pool;

    @ParameterizedTest
    @CsvSource({"/actions", "/v1/actions"})
    void list_choosesVersions_andShowsTheHighest(String root) {
        // Given
        String prefix = "Disc" + root.replace("/", "");
        publishAs(at(root, prefix + ".b", "1.10.0"), "Read 100%", SignedActions.KID);
        publishAs(at(root, prefix + ".b", "1.9.0"), "Write it", "other-name");
        publishAs(at(root, prefix + ".b", "2.0.0-rc.1"), "Read", SignedActions.KID);
        publish(at(root, prefix + ".a", "1.0.²"), "{\"description\":7}").then().statusCode(201);

        // When
        String all = list(root, "q", prefix.toLowerCase());
        String signed = list(root, "q", " " + prefix + ".B ", "kid", "other-name");
        String described = list(root, "q", prefix + ".b", "kid", SignedActions.KID);
        String second = list(root, "q", prefix, "offset", "1", "limit", "1");

        // Then
        String b = "{\"name\":\"" + prefix + ".b\",\"latest_version\":";
        String whole = b + "\"1.10.0\",\"versions\":[\"2.0.0-rc.1\",\"1.9.0\",\"1.10.0\"],"
                + "\"description\":\"Read 100%\"}";
        assertEquals("{\"items\":[{\"name\":\"" + prefix + ".a\",\"latest_version\":\"1.0.²\","
                + "\"versions\":[\"1.0.²\"],\"description\":null}," + whole + "]}", all);
        assertEquals("{\"items\":[" + b + "\"1.9.0\",\"versions\":[\"1.9.0\"],"
                + "\"description\":\"Write it\"}]}", signed);
        assertEquals("{\"items\":[" + b + "\"1.10.0\",\"versions\":[\"2.0.0-rc.1\",\"1.10.0\"],"
                + "\"description\":\"Read 100%\"}]}", described);
        assertEquals("{\"items\":[" + whole + "]}", second);
    }

    @ParameterizedTest
    @CsvSource({"100%, 1", "lit_ral, 1", "lit%ral, 0", "LITERAL, 1", "back\\slash, 1",
        "back\\\\slash, 0", "literally, 0"})
    void words_areSearchedAsTheyAre(String words, int found) {
        // Given
        publish("/actions/words.one/versions/1", "{\"description\":\"wöRDs 100% literal\"}");
        publish("/actions/words.two/versions/1",
                "{\"description\":\"wöRDs lit_ral back\\\\slash\"}");

        // When
        String answer = list("/actions", "q", words);
        String all = list("/actions", "q", "WÖRDS");

        // Then
        assertEquals(found, answer.split("words\\.", -1).length - 1, answer);
        assertEquals(2, all.split("words\\.", -1).length - 1, all);
    }

    @Test
    void sameContent_fromManyAtOnce_isPublishedOnce() throws Exception {
        // When
        TreeMap<Integer, Integer> statuses = race(number ->
                publish("/v1/actions/race.same/versions/1.0.0", "{\"a\":1}"));

        // Then
        assertEquals("{200=" + (RACERS - 1) + ", 201=1}", statuses.toString());
    }

    @Test
    void differentContent_fromManyAtOnce_hasOneWinner() throws Exception {
        // When
        TreeMap<Integer, Integer> statuses = race(number ->
                publish("/v1/actions/race.other/versions/1.0.0", "{\"a\":" + number + "}"));

        // Then
        assertEquals("{201=1, 409=" + (RACERS - 1) + "}", statuses.toString());
    }

    @Test
    void differentVersions_ofANewAction_areAllPublished() throws Exception {
        // When
        TreeMap<Integer, Integer> statuses = race(number ->
                publish("/actions/race.new/versions/1.0." + number, "{\"a\":1}"));

        // Then
        assertEquals("{201=" + RACERS + "}", statuses.toString());
    }

    @Test
    void publishing_isAFactOnTheBus_onceForAVersion() throws Exception {
        // Given
        String path = "/actions/fact.one/versions/1.0.0";
        publisher().header("x-request-id", "corr-7").body(SignedActions.body("{}")).post(path)
                .then().statusCode(201);
        publish(path, "{}").then().statusCode(200);
        publish("/actions/fact.one/versions/1.0.1", "{}").then().statusCode(201);

        // When
        List<JsonNode> facts = facts("fact.one", "1.0.0", 1);

        // Then
        JsonNode fact = facts.get(0);
        assertEquals("io.adaos.hub.catalog.action_published.v1", fact.path("type").asText());
        assertEquals("corr-7", fact.path("correlationid").asText());
        assertEquals("{\"name\":\"fact.one\",\"version\":\"1.0.0\",\"hash\":\""
                + SignedActions.hash("{}").text() + "\",\"kid\":\"" + SignedActions.KID
                + "\",\"subject\":\"service:action-registry-api-key\","
                + "\"correlation_id\":\"corr-7\"}", fact.path("data").toString());
    }

    /** Someone with the database in hand cannot make readers believe anything. */
    @ParameterizedTest
    @CsvSource({
        "canonical = '{\"a\":2}', Bad signature",
        "'hash = ''sha256:00''', Bad signature",
        "'sig_b64 = ''AAAA''', Bad signature",
        "'sig_kid = ''gone''', Unknown key id",
        "'sig_kid = ''old-rsa''', Unsupported algorithm in trust store: rsa"
    })
    void tamperedRow_isShown_butNotBelieved(String change, String error) {
        // Given
        String version = String.valueOf(Math.abs(change.hashCode()));
        String path = "/v1/actions/tampered/versions/" + version;
        publish(path, "{\"a\":1}").then().statusCode(201);
        run("ALTER TABLE action_version DISABLE TRIGGER action_version_is_immutable");
        run("UPDATE action_version SET " + change + " WHERE name = 'tampered' AND version = '"
                + version + "'");
        run("ALTER TABLE action_version ENABLE TRIGGER action_version_is_immutable");

        // When
        Response answer = given().get(path);

        // Then
        answer.then().statusCode(200).body("verified", is(false), "verify_error", is(error));
        given().get(path + "/verify").then().statusCode(200)
                .body("verified", is(false), "verify_error", is(error));
    }

    @Test
    void counters_areThereAndMove() {
        // Given
        double[] before = counters();

        // When
        publish("/actions/counted/versions/1", "{}").then().statusCode(201);
        publish("/actions/counted/versions/1", "{}").then().statusCode(200);
        publisher().body(SignedActions.body("{}", SignedActions.KID, "AAAA"))
                .post("/actions/counted/versions/1").then().statusCode(400);
        publisher().body(SignedActions.body("{}", "nobody", "AAAA"))
                .post("/actions/counted/versions/1").then().statusCode(400);
        given().get("/actions/counted/versions/1").then().statusCode(200);

        // Then
        double[] after = counters();
        assertEquals(List.of(1.0, 3.0, 1.0), List.of(
                after[0] - before[0], after[1] - before[1], after[2] - before[2]));
    }

    private static void publishAs(String path, String description, String kid) {
        String schema = "{\"description\":\"" + description + "\"}";
        publisher().body(SignedActions.body(schema, kid, SignedActions.sign(schema))).post(path)
                .then().statusCode(201);
    }

    private static String list(String root, String... query) {
        var request = given();
        for (int i = 0; i < query.length; i += 2) {
            request.queryParam(query[i], query[i + 1]);
        }
        Response answer = request.get(root);
        answer.then().statusCode(200);
        return answer.asString();
    }

    private static TreeMap<Integer, Integer> race(IntFunction<Response> racer) throws Exception {
        ExecutorService racers = Executors.newFixedThreadPool(RACERS);
        try {
            List<Future<Response>> running = new ArrayList<>();
            for (int i = 0; i < RACERS; i++) {
                int number = i;
                running.add(racers.submit(() -> racer.apply(number)));
            }
            TreeMap<Integer, Integer> statuses = new TreeMap<>();
            for (Future<Response> answer : running) {
                statuses.merge(answer.get(60, TimeUnit.SECONDS).statusCode(), 1, Integer::sum);
            }
            return statuses;
        } finally {
            racers.shutdownNow();
        }
    }

    private static List<JsonNode> facts(String name, String version, int count) throws Exception {
        Connection nats = Nats.connect(HubTestResource.nats().url());
        try {
            JetStreamSubscription subscription = nats.jetStream().subscribe(
                    HubSubjects.actionPublished(name, version),
                    PushSubscribeOptions.builder().ordered(true).build());
            List<JsonNode> facts = new ArrayList<>();
            for (int i = 0; i < count; i++) {
                Message message = subscription.nextMessage(PATIENCE);
                assertNotNull(message, "fact " + (i + 1) + " of " + name);
                facts.add(HubJson.mapper().readTree(message.getData()));
            }
            return facts;
        } finally {
            nats.close();
        }
    }

    private static double[] counters() {
        String metrics = given().get("/metrics").asString();
        return List.of("publish", "verify_pass", "verify_fail").stream()
                .mapToDouble(name -> metrics.lines()
                        .filter(line -> line.startsWith("action_registry_" + name + "_total"))
                        .mapToDouble(line ->
                                Double.parseDouble(line.substring(line.lastIndexOf(' ') + 1)))
                        .findFirst().orElseThrow())
                .toArray();
    }

    private void run(String sql) {
        pool.query(sql).execute().await().atMost(PATIENCE);
    }
}
