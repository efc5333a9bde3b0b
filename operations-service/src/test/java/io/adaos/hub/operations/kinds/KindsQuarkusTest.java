package io.adaos.hub.operations.kinds;

import static io.adaos.hub.operations.testing.OperationsApi.ended;
import static io.adaos.hub.operations.testing.OperationsApi.fresh;
import static io.adaos.hub.operations.testing.OperationsApi.installed;
import static io.adaos.hub.operations.testing.OperationsApi.post;
import static io.adaos.hub.operations.testing.OperationsApi.read;
import static io.adaos.hub.operations.testing.OperationsApi.registry;
import static io.restassured.RestAssured.given;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.hasItem;
import static org.hamcrest.Matchers.hasSize;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.adaos.hub.operations.testing.RegistryTestResource;
import io.adaos.hub.testing.HubTestResource;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.path.json.JsonPath;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.zip.ZipEntry;
import java.util.zip.ZipInputStream;
import org.junit.jupiter.api.Test;

/** The kinds over HTTP, and what it takes to add one. */
@QuarkusTest
@QuarkusTestResource(HubTestResource.class)
@QuarkusTestResource(RegistryTestResource.class)
class KindsQuarkusTest {

    @Test
    void skill_updatedThenUninstalled_leavesNothing() {
        // Given
        String name = fresh("weather");
        registry().publish("skill", name, "1.0.0");
        assertEquals("succeeded", ended(installed("skill", name)).getString("status"));
        registry().publish("skill", name, "2.0.0");

        // When
        JsonPath updated = run("skill.update", name, Map.of());
        JsonPath again = run("skill.update", name, Map.of());
        JsonPath removed = run("skill.uninstall", name, Map.of("force", true));

        // Then
        assertEquals("2.0.0", updated.getString("result.version"), updated::prettify);
        assertEquals("1.0.0", updated.getString("result.previous_version"));
        assertEquals(List.of("global", "skill.update", "skill:" + name),
                updated.getList("scope"));
        assertTrue(again.getBoolean("result.unchanged"));
        assertTrue(removed.getBoolean("result.rules_withdrawn"), removed::prettify);
        read("/v1/installed?node_id=hub").then()
                .body("items.findAll { it.id == '" + name + "' }", hasSize(0));
        Path workspace = RegistryTestResource.workspace();
        assertFalse(Files.exists(workspace.resolve("skills").resolve(name),
                LinkOption.NOFOLLOW_LINKS));
        assertFalse(Files.exists(workspace.resolve(".store/skill").resolve(name)));
    }

    @Test
    void diagnostics_endWithABundle_forThoseWhoMayReadIt() throws IOException {
        // Given
        JsonPath ended = run("diagnostics.run", "hub", Map.of());

        // When
        byte[] bundle = read(ended.getString("result.bundle")).then().statusCode(200)
                .contentType("application/zip").extract().asByteArray();

        // Then
        assertEquals("succeeded", ended.getString("status"), ended::prettify);
        assertTrue(ended.getList("result.missing").contains("health/marketplace-service.json"));
        assertTrue(names(bundle).contains("manifest.json"));
        given().get(ended.getString("result.bundle")).then().statusCode(401);
        read("/v1/operations/op_none/bundle").then().statusCode(404)
                .body("code", equalTo("bundle_not_found"));
    }

    @Test
    void newKind_isOneClass_withItsParametersItsTargetsAndItsSteps() {
        // Given
        String name = fresh("echo");

        // When
        JsonPath ended = run("probe.echo", name, Map.of("text", "hello"));

        // Then
        assertEquals("succeeded", ended.getString("status"), ended::prettify);
        assertEquals("hello", ended.getString("result.text"));
        assertEquals("answer", ended.getString("current_step"));
        assertEquals(List.of("listen", "answer"), ended.getList("plan.steps.name"));
        assertEquals(List.of("global", "probe.echo", "probe:" + name), ended.getList("scope"));
        post(body("probe.echo", name, Map.of("volume", 11)), null).then().statusCode(400)
                .body("errors.path", hasItem("/params/volume"));
        post(body("probe.echo", "silence", Map.of()), null).then().statusCode(404);
    }

    @Test
    void parameterOfAnotherType_isNamed() {
        // Given
        Map<String, Object> body = body("skill.uninstall", "weather", Map.of("force", "yes"));

        // When
        var answer = post(body, null);

        // Then
        answer.then().statusCode(400).body("errors.path", hasItem("/params/force"))
                .body("errors.code", hasItem("wrong_type"));
    }

    @Test
    void kindThatComesLater_isNotKnownYet() {
        // Given
        Map<String, Object> body = body("registry.sync", "registry", Map.of());

        // When
        var answer = post(body, null);

        // Then
        answer.then().statusCode(422).body("code", equalTo("operation_kind_unknown"));
    }

    private static JsonPath run(String kind, String id, Map<String, Object> params) {
        String operation = post(body(kind, id, params), null).then().statusCode(202)
                .extract().jsonPath().getString("operation_id");
        return ended(operation);
    }

    private static Map<String, Object> body(String kind, String id, Map<String, Object> params) {
        Map<String, Object> body = new HashMap<>();
        body.put("kind", kind);
        body.put("target_kind", kind.startsWith("diagnostics") ? "hub"
                : kind.substring(0, kind.indexOf('.')));
        body.put("target_id", id);
        body.put("params", params);
        return body;
    }

    private static Set<String> names(byte[] bundle) throws IOException {
        Set<String> names = new HashSet<>();
        try (ZipInputStream zip = new ZipInputStream(new ByteArrayInputStream(bundle))) {
            for (ZipEntry entry = zip.getNextEntry(); entry != null; entry = zip.getNextEntry()) {
                names.add(entry.getName());
            }
        }
        return names;
    }
}
