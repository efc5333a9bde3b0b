package io.adaos.hub.operations.intake;

import static io.adaos.hub.operations.testing.OperationsApi.SOON;
import static io.adaos.hub.operations.testing.OperationsApi.authorized;
import static io.adaos.hub.operations.testing.OperationsApi.body;
import static io.adaos.hub.operations.testing.OperationsApi.ended;
import static io.adaos.hub.operations.testing.OperationsApi.fresh;
import static io.adaos.hub.operations.testing.OperationsApi.install;
import static io.adaos.hub.operations.testing.OperationsApi.installed;
import static io.adaos.hub.operations.testing.OperationsApi.nothingAcceptedFor;
import static io.adaos.hub.operations.testing.OperationsApi.post;
import static io.adaos.hub.operations.testing.OperationsApi.read;
import static io.adaos.hub.operations.testing.OperationsApi.registry;
import static io.adaos.hub.operations.testing.OperationsApi.started;
import static io.adaos.hub.operations.testing.OperationsApi.temporaryFilesOf;
import static io.restassured.RestAssured.given;
import static org.awaitility.Awaitility.await;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.matchesPattern;
import static org.hamcrest.Matchers.notNullValue;
import static org.hamcrest.Matchers.nullValue;
import static org.hamcrest.Matchers.startsWith;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.adaos.hub.operations.testing.OperationsApi;
import io.adaos.hub.operations.testing.RegistryTestResource;
import io.adaos.hub.runtime.archive.ContentDigest;
import io.adaos.hub.testing.HubTestResource;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.path.json.JsonPath;
import io.restassured.response.Response;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

@QuarkusTest
@QuarkusTestResource(HubTestResource.class)
@QuarkusTestResource(RegistryTestResource.class)
class OperationQuarkusTest {


    @AfterEach
    void registryBehavesAgain() {
        RegistryTestResource.registry().breakWith(0);
        RegistryTestResource.registry().holdBlobs(new CountDownLatch(0));
    }

    @Test
    void install_ofAPublishedSkill_endsInstalledWithEverythingRecorded() throws IOException {
        // Given
        String name = fresh("weather");
        String digest = registry().publish("skill", name, "1.0.0");

        // When
        JsonPath accepted = install("skill", name).then().statusCode(202)
                .header("Location", matchesPattern(".*/v1/operations/op_.*"))
                .body("joined", equalTo(false))
                .body("operation.status", equalTo("accepted"))
                .body("operation.scope", equalTo(
                        List.of("global", "skill.install", "skill:" + name)))
                .body("operation.initiator.id", equalTo("runner"))
                .extract().jsonPath();

        // Then
        JsonPath ended = ended(accepted.getString("operation_id"));
        assertEquals("succeeded", ended.getString("status"), ended::prettify);
        assertEquals(100, ended.getInt("progress"));
        assertEquals("record", ended.getString("current_step"));
        assertEquals("1.0.0", ended.getString("result.version"));
        Path link = RegistryTestResource.workspace().resolve("skills").resolve(name);
        assertTrue(Files.isSymbolicLink(link));
        assertEquals(digest, link.toRealPath().getFileName().toString());
        assertEquals(digest, ContentDigest.ofDirectory(link.toRealPath()));
        read("/v1/installed?node_id=hub").then().statusCode(200)
                .body("items.findAll { it.id == '" + name + "' }.content_digest",
                        equalTo(List.of(digest)))
                .body("items.findAll { it.id == '" + name + "' }.status",
                        equalTo(List.of("installed")));
        read("/v1/notifications?webspace_id=desktop").then().statusCode(200)
                .body("items.findAll { it.target_id == '" + name + "' }.message",
                        equalTo(List.of("Skill " + name + " installed")))
                .body("items.findAll { it.target_id == '" + name + "' }.level",
                        equalTo(List.of("success")));
    }

    @Test
    void scenario_installedThenNewVersion_linkMovesAndRevisionRises() throws IOException {
        // Given
        String name = fresh("morning");
        registry().publish("scenario", name, "1.0.0");
        assertEquals("succeeded", ended(installed("scenario", name)).getString("status"));
        String newer = registry().publish("scenario", name, "2.0.0");

        // When
        JsonPath ended = ended(installed("scenario", name));

        // Then
        assertEquals("succeeded", ended.getString("status"), ended::prettify);
        Path link = RegistryTestResource.workspace().resolve("scenarios").resolve(name);
        assertEquals(newer, link.toRealPath().getFileName().toString());
        read("/v1/installed").then()
                // activating and installed, twice
                .body("items.findAll { it.id == '" + name + "' }.revision", equalTo(List.of(4)))
                .body("items.findAll { it.id == '" + name + "' }.status",
                        equalTo(List.of("installed")))
                .body("items.findAll { it.id == '" + name + "' }.version",
                        equalTo(List.of("2.0.0")));
    }

    @Test
    void hundredIdenticalRequests_atOnce_areOneOperation() {
        // Given
        String name = fresh("popular");
        registry().publish("skill", name, "1.0.0");
        CountDownLatch held = new CountDownLatch(1);
        registry().holdBlobs(held);

        // When
        List<CompletableFuture<Response>> answers = new ArrayList<>();
        for (int i = 0; i < 100; i++) {
            answers.add(CompletableFuture.supplyAsync(() -> install("skill", name)));
        }
        List<Response> all = answers.stream().map(CompletableFuture::join).toList();
        held.countDown();

        // Then
        assertTrue(all.stream().allMatch(answer -> answer.statusCode() == 202));
        Set<String> ids = all.stream().map(answer -> answer.jsonPath().getString("operation_id"))
                .collect(Collectors.toSet());
        assertEquals(1, ids.size());
        assertEquals(1, all.stream()
                .filter(answer -> !answer.jsonPath().getBoolean("joined")).count());
        assertEquals("succeeded", ended(ids.iterator().next()).getString("status"));
    }

    @Test
    void otherVersionOfABusyTarget_isRefusedNamingTheHolder_orQueuedWhenAsked() {
        // Given
        String name = fresh("busy");
        registry().publish("skill", name, "1.0.0");
        registry().publish("skill", name, "2.0.0");
        CountDownLatch held = new CountDownLatch(1);
        registry().holdBlobs(held);
        String holder = started("skill", name, "1.0.0", null);

        // When
        Response refused = post(body("skill", name, "2.0.0", null), null);
        Response queued = post(body("skill", name, "2.0.0", true), null);
        held.countDown();

        // Then
        refused.then().statusCode(409).contentType("application/problem+json")
                .body("code", equalTo("target_busy"))
                .body("holder.operation_id", equalTo(holder))
                .header("Retry-After", notNullValue());
        queued.then().statusCode(202).body("status", equalTo("queued"));
        assertEquals("succeeded", ended(holder).getString("status"));
        JsonPath second = ended(queued.jsonPath().getString("operation_id"));
        assertEquals("succeeded", second.getString("status"), second::prettify);
        read("/v1/installed").then().body(
                "items.findAll { it.id == '" + name + "' }.version", equalTo(List.of("2.0.0")));
    }

    @Test
    void idempotencyKey_sameBody_sameOperation_otherBody_refused() {
        // Given
        String name = fresh("keyed");
        registry().publish("skill", name, "1.0.0");
        registry().publish("skill", name, "1.1.0");
        String key = UUID.randomUUID().toString();
        String first = post(body("skill", name, null, null), key).then().statusCode(202)
                .extract().jsonPath().getString("operation_id");
        ended(first);

        // When
        Response same = post(body("skill", name, null, null), key);
        Response other = post(body("skill", name, "1.1.0", null), key);

        // Then: the key is compared before the target, which is free again
        same.then().statusCode(202).body("operation_id", equalTo(first))
                .body("operation.status", equalTo("succeeded"));
        other.then().statusCode(422).body("code", equalTo("idempotency_key_reused"));
    }

    @Test
    void idempotencyKey_isComparedBeforeTheTargetIsLookedUp() {
        // Given
        String name = fresh("vanished");
        registry().publish("skill", name, "1.0.0");
        String key = UUID.randomUUID().toString();
        String first = post(body("skill", name, null, null), key).then().statusCode(202)
                .extract().jsonPath().getString("operation_id");
        ended(first);
        registry().withdraw("skill", name);

        // When
        Response same = post(body("skill", name, null, null), key);
        Response other = post(body("skill", fresh("nobody"), null, null), key);
        Response unknown = post(body("skill", name, null, null), UUID.randomUUID().toString());

        // Then
        same.then().statusCode(202).body("operation_id", equalTo(first))
                .body("joined", equalTo(true));
        other.then().statusCode(422).body("code", equalTo("idempotency_key_reused"));
        unknown.then().statusCode(404).body("code", equalTo("artifact_not_found"));
    }

    @Test
    void cancel_whileFetching_endsCancelledAndLeavesNothing() throws IOException {
        // Given
        String name = fresh("slow");
        registry().publish("skill", name, "1.0.0");
        CountDownLatch held = new CountDownLatch(1);
        registry().holdBlobs(held);
        String id = started("skill", name, null, null);
        await().atMost(SOON).until(() -> "fetch".equals(
                read("/v1/operations/" + id).jsonPath().getString("current_step")));

        // When
        Response cancelled = authorized().post("/v1/operations/" + id + "/cancel");
        held.countDown();

        // Then
        cancelled.then().statusCode(202)
                .body("outcome", equalTo("cancelled"))
                .body("operation.can_retry", equalTo(true))
                .body("operation.error.type", equalTo("operation_cancelled"));
        authorized().post("/v1/operations/" + id + "/cancel").then().statusCode(409)
                .body("code", equalTo("operation_not_active"));
        assertFalse(Files.exists(RegistryTestResource.workspace().resolve("skills/" + name)));
        assertEquals(List.of(), temporaryFilesOf(id));
        read("/v1/notifications").then().body(
                "items.findAll { it.target_id == '" + name + "' }.level",
                equalTo(List.of("warning")));
    }

    @Test
    void retry_ofACancelledOperation_isOneLinkedOperationHoweverOftenSent() {
        // Given
        String name = fresh("again");
        registry().publish("skill", name, "1.0.0");
        CountDownLatch held = new CountDownLatch(1);
        registry().holdBlobs(held);
        String id = started("skill", name, null, null);
        authorized().post("/v1/operations/" + id + "/cancel").then().statusCode(202);
        held.countDown();

        // When
        Response first = authorized().post("/v1/operations/" + id + "/retry");
        Response second = authorized().post("/v1/operations/" + id + "/retry");

        // Then
        first.then().statusCode(202)
                .body("operation.retry_of", equalTo(id))
                .body("operation.attempt", equalTo(2));
        second.then().statusCode(202)
                .body("operation_id", equalTo(first.jsonPath().getString("operation_id")));
        JsonPath ended = ended(first.jsonPath().getString("operation_id"));
        assertEquals("succeeded", ended.getString("status"));
        read("/v1/operations/" + id).then().body("can_retry", equalTo(false));
        authorized().post("/v1/operations/" + ended.getString("operation_id") + "/retry").then()
                .statusCode(409).body("code", equalTo("operation_not_retryable"));
    }

    @Test
    void unknownArtifact_isRefusedAtOnceAndNothingIsAccepted() {
        // Given
        String name = fresh("nobody");

        // When
        Response answer = install("skill", name);

        // Then
        answer.then().statusCode(404).contentType("application/problem+json")
                .body("code", equalTo("artifact_not_found"))
                .body("remedy", notNullValue())
                .body("correlation_id", notNullValue());
        nothingAcceptedFor(name);
    }

    @Test
    void registryAway_operationIsAcceptedAndSucceedsWhenItIsBack() {
        // Given
        String name = fresh("patient");
        registry().publish("skill", name, "1.0.0");
        registry().breakWith(503);
        String id = installed("skill", name);
        await().atMost(SOON).until(() -> read("/v1/operations/" + id).jsonPath()
                .getString("message").contains("trying again"));

        // When
        registry().breakWith(0);

        // Then
        assertEquals("succeeded", ended(id).getString("status"));
    }

    @Test
    void registryAwayForGood_operationFailsByItsDeadlineWithARemedy() {
        // Given
        String name = fresh("hopeless");
        registry().breakWith(503);

        // When
        JsonPath ended = ended(installed("skill", name));

        // Then
        assertEquals("failed", ended.getString("status"));
        assertEquals("registry_unavailable", ended.getString("error.type"));
        assertTrue(ended.getBoolean("error.retryable"));
        assertTrue(ended.getBoolean("can_retry"));
    }

    @ParameterizedTest
    @CsvSource({"asc", "desc"})
    void list_inPages_hasEveryOperationOnceInTheOrderAskedFor(String order) {
        // Given
        String webspace = fresh("space").replace('.', '_');
        List<String> ids = new ArrayList<>();
        for (int i = 0; i < 5; i++) {
            String name = fresh("page");
            registry().publish("skill", name, "1.0.0");
            Map<String, Object> body = body("skill", name, null, null);
            body.put("webspace_id", webspace);
            ids.add(post(body, null).jsonPath().getString("operation_id"));
        }
        ids.forEach(OperationsApi::ended);
        if (order.equals("desc")) {
            Collections.reverse(ids);
        }

        // When
        List<String> listed = new ArrayList<>();
        String cursor = "";
        for (int page = 0; page < 10 && cursor != null; page++) {
            JsonPath answer = read("/v1/operations?limit=2&status=ended&order="
                    + order + "&webspace_id=" + webspace + "&cursor=" + cursor).jsonPath();
            listed.addAll(answer.getList("items.operation_id"));
            cursor = answer.getString("next_cursor");
        }

        // Then
        assertEquals(ids, listed);
        read("/v1/operations?webspace_id=" + webspace).then()
                .body("epoch", matchesPattern("[0-9a-f]{32}"))
                .body("sequence", notNullValue()).body("next_cursor", nullValue());
    }

    @ParameterizedTest
    @CsvSource({"/v1/operations?webspace_id=empty", "/v1/installed?node_id=empty",
        "/v1/notifications?webspace_id=empty"})
    void unchangedList_withItsTag_is304(String path) {
        // Given
        AtomicReference<String> tag = new AtomicReference<>();

        // When: the position is a part of the tag, and moves until all facts are numbered
        Response answer = await().atMost(SOON).until(() -> {
            tag.set(read(path).header("ETag"));
            return authorized().header("If-None-Match", tag.get()).get(path);
        }, response -> response.statusCode() == 304);

        // Then
        assertEquals(tag.get(), answer.header("ETag"));
    }

    @Test
    void probesAndDocs_areServed() {
        // Given
        List<String> paths = List.of("/livez", "/readyz", "/healthz", "/metrics", "/docs",
                "/openapi.json");

        // When
        List<Integer> codes = paths.stream().map(path -> given().get(path).statusCode()).toList();

        // Then
        assertEquals(List.of(200, 200, 200, 200, 200, 200), codes);
        given().get("/v1/health").then().statusCode(200)
                .body("service", equalTo("operations-service"))
                .body("runner.running", notNullValue());
        given().get("/openapi.json").then().body("openapi", startsWith("3."));
    }
}
