package io.adaos.hub.registry;

import static io.restassured.RestAssured.given;

import io.adaos.hub.testing.TestKeys;
import io.restassured.response.Response;
import io.restassured.specification.RequestSpecification;
import java.util.Base64;
import java.util.Map;

/** The requests a publisher makes, for tests. */
public final class PushedArtifacts {

    private PushedArtifacts() {
    }

    /** A request with the credential that may push. */
    public static RequestSpecification pusher() {
        return with(TestKeys.PUSHER);
    }

    /** A request with any credential. */
    public static RequestSpecification with(String key) {
        return given().header("Authorization", "Bearer " + key);
    }

    /** Pushes an archive as a form. */
    public static Response push(String kinds, byte[] archive) {
        return pusher().multiPart("archive", "artifact.bin", archive).post("/v1/" + kinds);
    }

    /** Pushes an archive as JSON, with these members beside it. */
    public static Response pushJson(String kinds, byte[] archive, Map<String, Object> members) {
        Map<String, Object> body = new java.util.LinkedHashMap<>(members);
        body.put("archive_b64", Base64.getEncoder().encodeToString(archive));
        return pusher().contentType("application/json").body(body).post("/v1/" + kinds);
    }

    /** Files of a skill in a folder of its name. */
    public static Map<String, String> skill(String name, String version) {
        return Map.of(name + "/skill.yaml", "name: " + name + "\nversion: " + version + "\n",
                name + "/handlers/main.py", "print('" + name + "')\n");
    }
}
