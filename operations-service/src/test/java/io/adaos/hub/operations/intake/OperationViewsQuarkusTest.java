package io.adaos.hub.operations.intake;

import static io.adaos.hub.operations.testing.OperationsApi.authorized;
import static io.adaos.hub.operations.testing.OperationsApi.body;
import static io.adaos.hub.operations.testing.OperationsApi.ended;
import static io.adaos.hub.operations.testing.OperationsApi.fresh;
import static io.adaos.hub.operations.testing.OperationsApi.installed;
import static io.adaos.hub.operations.testing.OperationsApi.post;
import static io.adaos.hub.operations.testing.OperationsApi.read;
import static io.adaos.hub.operations.testing.OperationsApi.registry;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.hasItem;
import static org.hamcrest.Matchers.hasItems;
import static org.hamcrest.Matchers.hasKey;
import static org.hamcrest.Matchers.notNullValue;
import static org.hamcrest.Matchers.startsWith;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.adaos.hub.operations.testing.Json;
import io.adaos.hub.operations.testing.RegistryTestResource;
import io.adaos.hub.testing.HubTestResource;
import io.adaos.hub.testing.TestKeys;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.RestAssured;
import io.restassured.http.ContentType;
import io.restassured.path.json.JsonPath;
import io.restassured.response.Response;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@QuarkusTest
@QuarkusTestResource(HubTestResource.class)
@QuarkusTestResource(RegistryTestResource.class)
class OperationViewsQuarkusTest {

    /** Of installations in these tests. */
    private static final int DEADLINE_SECONDS = 8;
    private static final int TRIES_MAX = 60;

    @AfterEach
    void registryBehavesAgain() {
        registry().holdBlobs(new CountDownLatch(0));
    }

    @Test
    void thousandIdenticalInstalls_atOnce_areOneOperation() throws Exception {
        // Given
        String name = fresh("crowd");
        registry().publish("skill", name, "1.0.0");
        registry().holdBlobs(new CountDownLatch(1));
        HttpRequest request = HttpRequest.newBuilder(
                        URI.create("http://127.0.0.1:" + RestAssured.port + "/v1/operations"))
                .header("Authorization", "Bearer " + TestKeys.RUNNER)
                .header("Content-Type", "application/json")
                .POST(HttpRequest.BodyPublishers.ofString(
                        Json.of(body("skill", name, null, null)))).build();
        HttpClient client = HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
        long start = System.nanoTime();

        // When
        List<CompletableFuture<String>> sent = IntStream.range(0, 1_000)
                .mapToObj(i -> accepted(client, request, TRIES_MAX)).toList();
        Set<String> ids = sent.stream().map(CompletableFuture::join)
                .map(answer -> JsonPath.from(answer).getString("operation_id"))
                .collect(Collectors.toSet());

        // Then
        // each is active until its deadline, so a machine that needs longer may see another one
        long seconds = Duration.ofNanos(System.nanoTime() - start).toSeconds();
        assertTrue(ids.size() <= 1 + seconds / DEADLINE_SECONDS, ids + " in " + seconds + " s");
        assertEquals(ids, Set.copyOf(read("/v1/operations?target=skill:" + name).jsonPath()
                .getList("items.operation_id", String.class)));
    }

    @Test
    void longPoll_answersWhenTheRevisionRises_andAtOnceAfterTheEnd() {
        // Given
        String name = fresh("polled");
        registry().publish("skill", name, "1.0.0");
        CountDownLatch blobs = new CountDownLatch(1);
        registry().holdBlobs(blobs);
        String id = installed("skill", name);

        // When
        CompletableFuture<JsonPath> waiting = CompletableFuture.supplyAsync(
                () -> read("/v1/operations/" + id + "?wait=25&revision=1").jsonPath());
        JsonPath newer = waiting.join();
        blobs.countDown();
        ended(id);
        long before = System.nanoTime();
        JsonPath done = read("/v1/operations/" + id + "?wait=25&revision=1000").jsonPath();

        // Then
        assertTrue(newer.getLong("revision") > 1, newer::prettify);
        assertEquals("succeeded", done.getString("status"));
        assertTrue(System.nanoTime() - before < TimeUnit.SECONDS.toNanos(20));
    }

    @ParameterizedTest(name = "{0}")
    @ValueSource(strings = {"wait=26", "wait=x", "wait=1&revision=-1"})
    void longPoll_withAWaitThatIsNone_isRefused(String query) {
        // Given
        String path = "/v1/operations/op_none?" + query;

        // When
        Response answer = read(path);

        // Then
        answer.then().statusCode(400).body("code", equalTo("request_invalid"));
    }

    @Test
    void events_showEveryRevisionOnceAndEndAfterTheEnd() {
        // Given
        String name = fresh("followed");
        registry().publish("skill", name, "1.0.0");
        String id = installed("skill", name);

        // When
        Response stream = authorized().accept("text/event-stream")
                .get("/v1/operations/" + id + "/events");

        // Then
        stream.then().statusCode(200).contentType(startsWith("text/event-stream"));
        List<Long> revisions = stream.asString().lines()
                .filter(line -> line.startsWith("id:"))
                .map(line -> Long.parseLong(line.substring(3).strip())).toList();
        assertEquals(revisions.stream().sorted().distinct().toList(), revisions);
        assertEquals(ended(id).getLong("revision"), revisions.get(revisions.size() - 1));
        assertTrue(stream.asString().contains("\"status\":\"succeeded\""), stream.asString());
    }

    @Test
    void events_ofNoOperation_areAProblem() {
        // Given
        String path = "/v1/operations/op_none/events";

        // When
        Response answer = authorized().accept("text/event-stream").get(path);

        // Then
        answer.then().statusCode(404).body("code", equalTo("operation_not_found"));
    }

    @Test
    void list_narrowsDownByEveryField_andNamesWhatIsWrong() {
        // Given
        String name = fresh("narrow");
        registry().publish("skill", name, "1.0.0");
        String id = installed("skill", name);
        ended(id);

        // When
        Response found = read("/v1/operations?target=skill:" + name + "&kind=skill.install"
                + "&node_id=hub&initiator=user:runner&status=succeeded&order=ended");

        // Then
        found.then().statusCode(200).body("items.operation_id", equalTo(List.of(id)));
        read("/v1/operations?target=skill:" + name + "&initiator=user:nobody").then()
                .body("items.size()", equalTo(0));
        read("/v1/operations?parent_id=" + id).then().body("items.size()", equalTo(0));
        read("/v1/operations?target=skill&kind=A&parent_id=x&order=ended&cursor=5").then()
                .statusCode(400)
                .body("errors.path", hasItems("target", "kind", "parent_id", "cursor"));
    }

    @Test
    void notification_isReadOnce() {
        // Given
        String name = fresh("noted");
        registry().publish("skill", name, "1.0.0");
        String notification = "notif:" + installed("skill", name) + ":success";
        ended(notification.split(":")[1]);

        // When
        Response first = authorized().post("/v1/notifications/" + notification + "/read");
        Response through = authorized().contentType(ContentType.JSON)
                .body(Map.of("through", notification)).post("/v1/notifications/read");

        // Then
        first.then().statusCode(200).body("read_at", notNullValue());
        through.then().statusCode(200).body("more", equalTo(false));
        authorized().post("/v1/notifications/notif:none:success/read").then().statusCode(404)
                .body("code", equalTo("not_found"));
        authorized().contentType(ContentType.JSON).body("{}").post("/v1/notifications/read")
                .then().statusCode(400).body("errors.path", equalTo(List.of("/through")));
        read("/v1/notifications?limit=500").then().body(
                "items.find { it.id == '" + notification + "' }.read_at",
                equalTo(first.jsonPath().getString("read_at")));
    }

    @ParameterizedTest(name = "{0}")
    @ValueSource(strings = {"skill", "scenario"})
    void olderClient_installsInItsOwnShape(String kind) {
        // Given
        String name = fresh("older");
        registry().publish(kind, name, "1.2.0");

        // When
        Response installed = legacyInstall(kind, Map.of("name", name));
        Response again = legacyInstall(kind, Map.of("name", name, "async_operation", true));

        // Then
        installed.then().statusCode(200).body("ok", equalTo(true))
                .body(kind + ".id", equalTo(name)).body(kind + ".version", equalTo("1.2.0"))
                .body("runtime.version", equalTo("1.2.0"))
                .body("runtime.webspace_id", equalTo("desktop"));
        again.then().statusCode(202).body("ok", equalTo(true)).body("accepted", equalTo(true))
                .body("operation.kind", equalTo(kind + ".install"));
        String id = again.jsonPath().getString("operation_id");
        ended(id);
        authorized().get("/api/operations").then().statusCode(200)
                .body("by_id", hasKey(id)).body("order", hasItem(id))
                .body("persistence.enabled", equalTo(true))
                .body("notifications.operation_id", hasItem(id));
        authorized().get("/api/operations/" + id).then()
                .body("operation_id", equalTo(id)).body("scope", hasItem(kind + ':' + name));
    }

    @Test
    void olderClient_readsRefusalsInDetail() {
        // Given
        String name = fresh("missing");

        // When
        Response unknown = legacyInstall("skill", Map.of("name", name));

        // Then
        unknown.then().statusCode(404).body("detail", startsWith("The registry has no skill"));
        legacyInstall("skill", Map.of()).then().statusCode(400).body("detail", notNullValue());
        authorized().get("/api/operations/op_none").then().statusCode(404)
                .body("detail", equalTo("operation_not_found"));
        registry().publish("skill", name, "1.0.0");
        String id = installed("skill", name);
        ended(id);
        authorized().post("/api/operations/" + id + "/cancel").then().statusCode(409)
                .body("detail", equalTo("operation_not_active"));
        authorized().post("/api/operations/" + id + "/retry").then().statusCode(409)
                .body("detail", equalTo("operation_not_retryable"));
    }

    @Test
    void oversizedBody_isRefusedAndNothingIsAccepted() {
        // Given
        String name = fresh("huge");
        Map<String, Object> body = body("skill", name, null, null);
        body.put("params", Map.of("note", "x".repeat(1_100_000)));

        // When
        Response answer = post(body, null);

        // Then
        answer.then().statusCode(413).body("code", equalTo("payload_too_large"));
        read("/v1/operations?target=skill:" + name).then().body("items.size()", equalTo(0));
    }

    /** A client that is refused for a moment, or cut off, sends the request again. */
    private static CompletableFuture<String> accepted(
            HttpClient client, HttpRequest request, int tries) {
        return client.sendAsync(request, HttpResponse.BodyHandlers.ofString())
                .handle((answer, failure) -> {
                    if (failure == null && answer.statusCode() == 202) {
                        return CompletableFuture.completedFuture(answer.body());
                    }
                    if (tries == 0) {
                        return CompletableFuture.<String>failedFuture(new AssertionError(
                                failure == null ? answer.body() : failure.toString()));
                    }
                    return CompletableFuture.runAsync(() -> { }, CompletableFuture
                                    .delayedExecutor(500, TimeUnit.MILLISECONDS))
                            .thenCompose(waited -> accepted(client, request, tries - 1));
                })
                .thenCompose(Function.identity());
    }

    private static Response legacyInstall(String kind, Map<String, Object> body) {
        return authorized().contentType(ContentType.JSON).body(body)
                .post("/api/" + kind + "s/install");
    }
}
