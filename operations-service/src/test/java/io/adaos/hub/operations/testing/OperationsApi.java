package io.adaos.hub.operations.testing;

import static io.restassured.RestAssured.given;
import static org.awaitility.Awaitility.await;
import static org.hamcrest.Matchers.hasSize;

import io.adaos.hub.testing.TestKeys;
import io.restassured.http.ContentType;
import io.restassured.path.json.JsonPath;
import io.restassured.response.Response;
import io.restassured.specification.RequestSpecification;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.stream.Stream;

/** What tests say to the running application. */
public final class OperationsApi {

    public static final Duration SOON = Duration.ofSeconds(30);

    private OperationsApi() {
    }

    /** The registry the application asks. */
    public static TestRegistry registry() {
        return RegistryTestResource.registry();
    }

    public static String fresh(String word) {
        return word + '_' + UUID.randomUUID().toString().substring(0, 8);
    }

    public static Response install(String kind, String name) {
        return post(body(kind, name, null, null), null);
    }

    public static String installed(String kind, String name) {
        return started(kind, name, null, null);
    }

    public static String started(String kind, String name, String version, Boolean queue) {
        return post(body(kind, name, version, queue), null).then().statusCode(202)
                .extract().jsonPath().getString("operation_id");
    }

    public static Map<String, Object> body(
            String kind, String name, String version, Boolean queue) {
        Map<String, Object> body = new HashMap<>();
        body.put("kind", kind + ".install");
        body.put("target_kind", kind);
        body.put("target_id", name);
        if (version != null) {
            body.put("version", version);
        }
        if (queue != null) {
            body.put("queue", queue);
        }
        return body;
    }

    public static Response post(Map<String, Object> body, String key) {
        var request = authorized().contentType(ContentType.JSON).body(body);
        return (key == null ? request : request.header("Idempotency-Key", key))
                .post("/v1/operations");
    }

    public static RequestSpecification authorized() {
        return given().header("Authorization", "Bearer " + TestKeys.RUNNER);
    }

    public static Response read(String path) {
        return authorized().get(path);
    }

    public static JsonPath ended(String id) {
        await().atMost(SOON).pollInterval(Duration.ofMillis(30)).until(() ->
                read("/v1/operations/" + id).jsonPath().getString("finished_at") != null);
        return read("/v1/operations/" + id).jsonPath();
    }

    public static int operationCount() {
        return read("/v1/operations?limit=500").jsonPath().getList("items").size();
    }

    public static void nothingAcceptedFor(String name) {
        read("/v1/operations?limit=500").then().body(
                "items.findAll { it.target_id == '" + name + "' }", hasSize(0));
    }

    public static List<Path> temporaryFilesOf(String id) throws IOException {
        Path temporary = RegistryTestResource.workspace().resolve(".store/.tmp");
        try (Stream<Path> files = Files.list(temporary)) {
            return files.filter(file -> file.getFileName().toString().startsWith(id)).toList();
        }
    }
}
