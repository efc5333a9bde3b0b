package io.adaos.hub.projection.write.ingress;

import static io.restassured.RestAssured.given;
import static org.awaitility.Awaitility.await;

import io.adaos.hub.contracts.id.ArtifactRef;
import io.adaos.hub.projection.operationview.InstalledShelf;
import io.adaos.hub.projection.operationview.OperationsUpstream;
import io.adaos.hub.testing.TestKeys;
import io.restassured.response.Response;
import java.util.UUID;

/** An installed skill {@code weather}, and requests of those who write its slots. */
public final class IngressFixture {

    static final ArtifactRef WEATHER = new ArtifactRef("skill", "weather");
    static final ArtifactRef CLOCK = new ArtifactRef("skill", "clock");
    private static final String MANIFEST = """
            {"data_projections": [
               {"scope": "subnet", "slot": "weather.current",
                "targets": [{"backend": "yjs", "path": "data/weather/current"}]},
               {"scope": "current_user", "slot": "weather.mine",
                "targets": [{"backend": "yjs", "path": "data/weather/of/{user_id}"}]}],
             "data_routes": [
               {"surface": "modal:log", "route": "details", "receiver": "weather.log.*",
                "budget": {"max_payload_bytes": 1048576}},
               {"surface": "panel:now", "route": "stream", "receiver": "weather.now"},
               {"surface": "modal:trace", "route": "stream", "receiver": "weather.trace.*",
                "budget": {"max_payload_bytes": 1000, "max_items": 10, "max_publish_hz": 50}}],
             "runtime": {"yjs": {
               "details": {"http": true, "max_bytes": 2000},
               "projections": [
                 {"id": "weather.small", "scope": "webspace",
                  "path": "data/weather/small", "max_bytes": 100},
                 {"id": "weather.rows", "scope": "webspace",
                  "path": "data/weather/rows", "mode": "list"},
                 {"id": "weather.parts", "scope": "webspace",
                  "path": "data/weather/parts", "mode": "merge"}]}}}""";

    private IngressFixture() {
    }

    /** Installs both skills, once for all tests of a process. */
    public static void install() {
        InstalledShelf upstream = OperationsUpstream.get().shelf();
        if (version(WEATHER) == 200) {
            return;
        }
        upstream.publishManifest(WEATHER, "1.0.0", MANIFEST);
        upstream.publishManifest(CLOCK, "1.0.0", "{}");
        upstream.install(WEATHER, "1.0.0");
        upstream.install(CLOCK, "1.0.0");
        await().until(() -> version(WEATHER) == 200 && version(CLOCK) == 200);
    }

    private static int version(ArtifactRef skill) {
        return given().auth().oauth2(TestKeys.ADMIN)
                .get("/v1/projections/rules/skill/" + skill.id()).statusCode();
    }

    /** One write as the skill. */
    static Response write(String slot, String body) {
        return write(TestKeys.SKILL, "desktop", slot, body);
    }

    static Response write(String key, String webspace, String slot, String body) {
        return given().auth().oauth2(key).contentType("application/json").body(body)
                .post("/v1/webspaces/{webspace}/projections/{slot}", webspace, slot);
    }

    static Response batch(String key, String body) {
        return given().auth().oauth2(key).contentType("application/json").body(body)
                .post("/v1/webspaces/desktop/projections");
    }

    /** What is at a path of the document, as its JSON text has it. */
    static <T> T shown(String path) {
        return given().auth().oauth2(TestKeys.ADMIN)
                .get("/v1/webspaces/desktop/state").path("document." + path);
    }

    static long generation() {
        return given().auth().oauth2(TestKeys.ADMIN).get("/v1/webspaces/desktop/state")
                .jsonPath().getLong("generation");
    }

    /** An owner nobody else writes as. */
    static String owner() {
        return "skill:s" + UUID.randomUUID().toString().substring(0, 8);
    }
}
