package io.adaos.hub.marketplace;

import static io.adaos.hub.marketplace.Artifacts.atRevision;
import static io.adaos.hub.marketplace.Artifacts.installedSkill;
import static io.adaos.hub.marketplace.Artifacts.scenario;
import static io.adaos.hub.marketplace.Artifacts.skill;
import static io.restassured.RestAssured.given;
import static io.restassured.RestAssured.when;
import static org.awaitility.Awaitility.await;
import static org.hamcrest.Matchers.contains;
import static org.hamcrest.Matchers.containsInAnyOrder;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.greaterThanOrEqualTo;
import static org.hamcrest.Matchers.hasItem;
import static org.hamcrest.Matchers.is;
import static org.hamcrest.Matchers.not;
import static org.hamcrest.Matchers.notNullValue;
import static org.hamcrest.Matchers.nullValue;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.adaos.hub.contracts.operation.InstalledArtifact;
import io.adaos.hub.marketplace.Artifacts.Texts;
import io.adaos.hub.marketplace.upstream.Upstream;
import io.adaos.hub.marketplace.upstream.UpstreamBus;
import io.adaos.hub.marketplace.upstream.UpstreamResource;
import io.adaos.hub.testing.HubTestResource;
import io.adaos.hub.testing.TestKeys;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.common.ResourceArg;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.RestAssured;
import io.restassured.response.Response;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestMethodOrder;

/** The service against real NATS and real HTTP upstreams; the first three tests are its start. */
@QuarkusTest
@QuarkusTestResource(value = HubTestResource.class,
        initArgs = @ResourceArg(name = "postgres", value = "false"))
@QuarkusTestResource(UpstreamResource.class)
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
class MarketplaceQuarkusTest {

    private static final String ROWS = "/v1/marketplace";
    private static final Duration SOON = Duration.ofSeconds(30);

    private final Upstream registry = UpstreamResource.registry();
    private final Upstream operations = UpstreamResource.operations();
    private UpstreamBus bus;

    @BeforeEach
    void connect() throws Exception {
        bus = new UpstreamBus(HubTestResource.nats().url(), registry, operations);
        bus.ensureStreams();
    }

    @AfterEach
    void disconnect() {
        bus.close();
    }

    @Test
    @Order(1)
    void rows_beforeTheFirstList_areRefusedInsteadOfEmpty() {
        // When
        when().get(ROWS).then()

        // Then
                .statusCode(503)
                .contentType("application/problem+json")
                .header("Retry-After", "1")
                .body("code", equalTo("not_yet_visible"))
                .body("retryable", is(true));
        when().get("/readyz").then().statusCode(200);
    }

    @Test
    @Order(2)
    void rows_withoutOperations_areServedAndSaySo() {
        // Given
        registry.put("skill:air", skill("air", "1.0.0"));

        // When
        registry.up();

        // Then
        await().atMost(SOON).until(() -> when().get(ROWS).statusCode(), equalTo(200));
        when().get(ROWS).then()
                .statusCode(200)
                .body("items.id", contains("air"))
                .body("sources.registry.state", equalTo("fresh"))
                .body("sources.registry.sequence", equalTo(1))
                .body("sources.operations.state", equalTo("stale"))
                .body("sources.operations.epoch", nullValue());
        when().get("/v1/health").then().body("status", equalTo("degraded"));
    }

    @Test
    @Order(3)
    void sources_operationsComesUp_areBothFresh() {
        // When
        operations.up();

        // Then
        assertAllFresh();
        assertEquals("Bearer " + TestKeys.SERVICE, operations.authorization());
        assertEquals("Bearer " + TestKeys.SERVICE, registry.authorization());
    }

    @Test
    void push_factArrives_isARowWithItsRevisionAndCorrelationId() throws Exception {
        // Given
        assertAllFresh();
        int lists = registry.lists();

        // When
        long sequence = bus.push(skill("pushed", "1.2.3", 4), "req-4");

        // Then
        assertReached("registry:" + sequence);
        given().queryParam("min_sequence", "registry:" + sequence)
                .when().get(ROWS + "/skill/pushed").then()
                .statusCode(200)
                .body("reached", is(true))
                .body("version", equalTo("1.2.3"))
                .body("revision", equalTo(4))
                .body("correlation_id", equalTo("req-4"))
                .body("status", equalTo("installable"))
                .body("install_action.value.target_id", equalTo("pushed"))
                .body("node_id", equalTo("hub"))
                .body("sources.registry.last_heard_at", notNullValue());
        assertEquals(lists, registry.lists());
    }

    @Test
    void install_factArrives_movesTheRowOutOfTheDefaultListing() throws Exception {
        // Given
        assertAllFresh();
        bus.push(skill("to_install", "1.0.0"), null);
        InstalledArtifact artifact = installedSkill("hub", "to_install", "1.0.0");

        // When
        long sequence = bus.install(artifact, false);

        // Then
        String position = "operations:" + sequence;
        assertReached(position);
        given().queryParam("min_sequence", position).queryParam("q", "to_install")
                .when().get(ROWS).then().body("reached", is(true)).body("total", equalTo(0));
        given().queryParam("status", "all").queryParam("q", "to_install")
                .when().get(ROWS).then()
                .body("items[0].installed", is(true))
                .body("items[0].installed_version", equalTo("1.0.0"))
                .body("items[0].install_action", nullValue())
                .body("items[0].reason", equalTo("Version 1.0.0 is installed and up to date."));
        given().queryParam("node_id", "kitchen").queryParam("q", "to_install")
                .when().get(ROWS).then().body("items[0].status", equalTo("installable"));
        long removed = bus.install(atRevision(artifact, 2), true);
        assertReached("operations:" + removed);
        given().queryParam("min_sequence", "operations:" + removed)
                .queryParam("q", "to_install")
                .when().get(ROWS).then().body("items[0].status", equalTo("installable"));
    }

    @Test
    void fact_oneIsMissing_listsAgain() throws Exception {
        // Given
        assertAllFresh();
        int lists = registry.lists();
        registry.put("skill:lost", skill("lost", "1.0.0"));

        // When
        bus.push(skill("after_lost", "1.0.0"), null);

        // Then
        assertRowComes("lost");
        assertRowComes("after_lost");
        assertTrue(registry.lists() > lists);
    }

    @Test
    void fact_theLastOneIsMissing_isNoticedByTheHead() {
        // Given
        assertAllFresh();

        // When
        registry.put("skill:unheard", skill("unheard", "1.0.0"));

        // Then
        assertRowComes("unheard");
    }

    @Test
    void fact_couldNotBePublished_isListedAtItsTombstone() throws Exception {
        // Given
        assertAllFresh();
        int lists = registry.lists();

        // When
        long sequence = bus.pushParked(skill("parked", "1.0.0"));

        // Then
        assertReached("registry:" + sequence);
        given().queryParam("min_sequence", "registry:" + sequence)
                .when().get(ROWS + "/skill/parked").then()
                .statusCode(200).body("reached", is(true));
        assertTrue(registry.lists() > lists);
    }

    @Test
    void registry_anotherDatabase_replacesTheRows() throws Exception {
        // Given
        assertAllFresh();
        bus.push(skill("old_database", "9.0.0", 9), null);
        assertRowComes("old_database");

        // When
        registry.replaceDatabase("epoch-" + System.nanoTime(),
                Map.of("skill:air", skill("air", "1.0.0")));

        // Then
        await().atMost(SOON).until(() -> when().get(ROWS).<List<String>>path("items.id"),
                not(hasItem("old_database")));
        when().get(ROWS).then().body("items.id", contains("air"));
        when().get(ROWS + "/skill/old_database").then()
                .statusCode(404).body("code", equalTo("artifact_not_found"));
    }

    @Test
    void catalog_manyPages_isListedWhole() {
        // Given
        assertAllFresh();
        Map<String, Object> entries = new HashMap<>();
        for (int i = 0; i < 1_203; i++) {
            entries.put("skill:many-" + i, skill("many-" + i, "1.0.0"));
        }

        // When
        registry.replaceDatabase("epoch-" + System.nanoTime(), entries);

        // Then
        await().atMost(SOON).until(
                () -> given().queryParam("q", "many-").when().get(ROWS).path("total"),
                equalTo(1_203));
        given().queryParam("q", "many-").queryParam("offset", "1200").when().get(ROWS).then()
                .body("items.size()", equalTo(3));
    }

    @Test
    void nats_killed_pollingGoesOnAndNothingStaleIsCalledFresh() throws Exception {
        // Given
        assertAllFresh();
        bus.silence();

        // When
        HubTestResource.nats().kill();

        // Then
        registry.put("skill:polled", skill("polled", "1.0.0"));
        assertRowComes("polled");
        registry.down();
        assertStateComes("registry", "aging");
        assertStateComes("registry", "stale");
        when().get(ROWS + "/skill/polled").then().statusCode(200)
                .body("sources.registry.state", equalTo("stale"))
                .body("sources.operations.state", not(equalTo("stale")));
        registry.up();
        HubTestResource.nats().restart();
        bus.speak();
        assertAllFresh();
        assertPushedRowComes("after_kill");
    }

    @Test
    void nats_wiped_convergesAgain() throws Exception {
        // Given
        assertAllFresh();
        assertPushedRowComes("before_wipe");

        // When
        HubTestResource.nats().wipe();
        HubTestResource.nats().restart();

        // Then
        await().atMost(SOON).ignoreExceptions().until(() -> {
            bus.ensureStreams();
            return true;
        });
        assertPushedRowComes("after_wipe");
        assertRowComes("before_wipe");
        assertAllFresh();
    }

    @Test
    void rows_unchangedState_answer304UntilSomethingChanges() throws Exception {
        // Given
        assertAllFresh();
        assertPushedRowComes("tagged");
        String tag = given().queryParam("q", "tagged").when().get(ROWS)
                .then().extract().header("ETag");

        // When
        given().queryParam("q", "tagged").header("If-None-Match", tag)
                .when().get(ROWS).then()

        // Then
                .statusCode(304).header("ETag", tag).body(equalTo(""));
        given().queryParam("q", "other").header("If-None-Match", tag)
                .when().get(ROWS).then().statusCode(200);
        long sequence = bus.push(skill("tagged", "1.0.1", 2), null);
        assertReached("registry:" + sequence);
        given().queryParam("min_sequence", "registry:" + sequence).when().get(ROWS).then()
                .body("reached", is(true));
        given().queryParam("q", "tagged").header("If-None-Match", tag)
                .when().get(ROWS).then()
                .statusCode(200).body("items[0].version", equalTo("1.0.1"));
    }

    @Test
    void minSequence_factComesWhileWaiting_isAnsweredAsSoonAsItIsThere() throws Exception {
        // Given
        assertAllFresh();
        boolean reached = false;

        // When: a busy machine may bring the fact later than the second for which an answer waits
        for (int i = 0; i < 10 && !reached; i++) {
            long next = registry.head().sequence() + 1;
            CompletableFuture<Boolean> answer = CompletableFuture.supplyAsync(() ->
                    given().queryParam("min_sequence", "registry:" + next)
                            .when().get(ROWS + "/skill/awaited").then()
                            .extract().path("reached"));
            TimeUnit.MILLISECONDS.sleep(200);
            bus.push(skill("awaited", "1.0." + i), null);
            reached = Boolean.TRUE.equals(answer.get(30, TimeUnit.SECONDS));
        }

        // Then
        assertTrue(reached);
    }

    @Test
    void minSequence_neverReached_isAnsweredAfterASecondAndSaysSo() {
        // Given
        assertAllFresh();
        long before = System.nanoTime();

        // When
        given().queryParam("min_sequence", "operations:999999").when().get(ROWS).then()

        // Then
                .statusCode(200).body("reached", is(false));
        long millis = TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - before);
        assertTrue(millis >= 900, "answered after " + millis + " ms");
    }

    @Test
    void minSequence_aCrowdWaits_allAreAnswered() {
        // Given
        assertAllFresh();
        HttpClient client = HttpClient.newHttpClient();
        HttpRequest request = HttpRequest.newBuilder(URI.create("http://127.0.0.1:"
                + RestAssured.port + ROWS + "?limit=1&min_sequence=registry:999999")).build();

        // When
        List<CompletableFuture<HttpResponse<String>>> answers = Stream
                .generate(() -> client.sendAsync(request, HttpResponse.BodyHandlers.ofString()))
                .limit(200).toList();

        // Then
        answers.forEach(answer -> assertTrue(answer.orTimeout(30, TimeUnit.SECONDS).join()
                .body().contains("\"reached\":false")));
    }

    @Test
    void rows_badParameters_areRefusedAllAtOnce() {
        // When
        given().queryParam("kind", "plugin").queryParam("status", "<b>")
                .queryParam("limit", "0").queryParam("offset", "x")
                .queryParam("node_id", "../..").queryParam("min_sequence", "later")
                .queryParam("q", "x".repeat(300))
                .when().get(ROWS).then()

        // Then
                .statusCode(400)
                .contentType("application/problem+json")
                .body("code", equalTo("request_invalid"))
                .body("errors.path", containsInAnyOrder("kind", "status", "limit", "offset",
                        "node_id", "min_sequence", "q"))
                .body("errors.remedy", not(hasItem(nullValue())));
        when().get(ROWS + "/plugin/a b").then().statusCode(400)
                .body("errors.path", contains("kind", "id"));
    }

    @Test
    void rows_badCredential_isRefusedAndNoneIsFine() {
        // Given
        assertAllFresh();

        // When
        given().header("Authorization", "Bearer no-such-key").when().get(ROWS).then()

        // Then
                .statusCode(401).contentType("application/problem+json");
        when().get(ROWS).then().statusCode(200);
        given().when().post(ROWS).then().statusCode(405);
    }

    @Test
    void rows_textsFromStrangers_areJsonTextUntouched() throws Exception {
        // Given
        assertAllFresh();
        String markup = "<script>alert('x')</script>\u2028\"&";

        // When
        long sequence = bus.push(skill("strange", "1.0.0",
                new Texts(markup, markup, List.of(markup), "user:x")), null);

        // Then
        given().queryParam("min_sequence", "registry:" + sequence)
                .when().get(ROWS + "/skills/strange").then()
                .contentType("application/json")
                .body("title", equalTo(markup))
                .body("description", equalTo(markup))
                .body("tags", contains(markup));
    }

    @Test
    void rows_scenarioWithoutItsSkill_isBlockedUntilTheSkillIsPushed() throws Exception {
        // Given
        assertAllFresh();
        long sequence = bus.push(scenario("needy", "1.0.0", "needed_skill"), null);
        assertReached("registry:" + sequence);
        given().queryParam("min_sequence", "registry:" + sequence)
                .when().get(ROWS + "/scenario/needy").then()
                .body("status", equalTo("blocked"))
                .body("install_action", nullValue())
                .body("reason", equalTo("Needs a skill that is neither installed nor in the "
                        + "catalog: needed_skill."));

        // When
        long pushed = bus.push(skill("needed_skill", "1.0.0"), null);

        // Then
        assertReached("registry:" + pushed);
        given().queryParam("min_sequence", "registry:" + pushed)
                .when().get(ROWS + "/scenario/needy").then()
                .body("status", equalTo("installable"))
                .body("revision", greaterThanOrEqualTo(1));
    }

    private void assertAllFresh() {
        await().atMost(SOON).until(() -> {
            Response answer = when().get(ROWS);
            return answer.statusCode() == 200
                    && "fresh".equals(answer.path("sources.registry.state"))
                    && "fresh".equals(answer.path("sources.operations.state"))
                    && registry.head().sequence()
                            == answer.<Integer>path("sources.registry.sequence");
        });
    }

    /** One answer waits a second; a busy machine may need more of them. */
    private void assertReached(String position) {
        await().atMost(SOON).until(() -> given().queryParam("min_sequence", position)
                .when().get(ROWS).path("reached"), is(true));
    }

    private void assertStateComes(String source, String state) {
        await().atMost(SOON).until(
                () -> when().get(ROWS).path("sources." + source + ".state"), equalTo(state));
    }

    private void assertRowComes(String id) {
        await().atMost(SOON).until(
                () -> when().get(ROWS + "/skill/" + id).statusCode(), equalTo(200));
    }

    private void assertPushedRowComes(String id) throws Exception {
        bus.push(skill(id, "1.0.0"), null);
        assertRowComes(id);
    }
}
