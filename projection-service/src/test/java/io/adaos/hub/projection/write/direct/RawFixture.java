package io.adaos.hub.projection.write.direct;

import static io.restassured.RestAssured.given;
import static org.awaitility.Awaitility.await;

import io.adaos.hub.contracts.id.ArtifactRef;
import io.adaos.hub.projection.operationview.InstalledShelf;
import io.adaos.hub.projection.operationview.OperationsUpstream;
import io.adaos.hub.testing.TestKeys;
import io.restassured.path.json.JsonPath;
import java.util.Map;

/**
 * Installed skills of those who send raw updates: {@code painter} opens {@code data/weather} and
 * {@code data/notes} and declares slots; {@code sketcher}'s migration is over.
 */
public final class RawFixture {

    private static final ArtifactRef PAINTER = new ArtifactRef("skill", "painter");
    private static final ArtifactRef SKETCHER = new ArtifactRef("skill", "sketcher");

    private RawFixture() {
    }

    /** Installs both skills, once for all tests of a process. */
    public static void install() {
        InstalledShelf shelf = OperationsUpstream.get().shelf();
        if (isLoaded(PAINTER)) {
            return;
        }
        shelf.publishManifest(PAINTER, "1.0.0", """
                {"data_projections": [
                   {"scope": "current_user", "slot": "painter.mine",
                    "targets": [{"backend": "yjs", "path": "data/of/{user_id}"}]},
                   {"scope": "subnet", "slot": "painter.value",
                    "targets": [{"backend": "yjs", "path": "data/value"}]}],
                 "runtime": {"yjs": {"primary_doc": {
                   "direct_write": true, "paths": ["data/weather", "data/notes"]}}}}""");
        shelf.publishManifest(SKETCHER, "1.0.0", """
                {"runtime": {"yjs": {"primary_doc": {
                   "direct_write": true, "paths": ["data/sketches"],
                   "migration": {"state": "legacy", "until": "2020-01-01", "reason": "old"}}}}}""");
        shelf.install(PAINTER, "1.0.0");
        shelf.install(SKETCHER, "1.0.0");
        await().until(() -> isLoaded(PAINTER) && isLoaded(SKETCHER));
    }

    private static boolean isLoaded(ArtifactRef skill) {
        return given().auth().oauth2(TestKeys.ADMIN)
                .get("/v1/projections/rules/skill/" + skill.id()).statusCode() == 200;
    }

    /** Makes a webspace the raw writers may write into. */
    public static String webspace(int number) {
        given().auth().oauth2(TestKeys.ADMIN).put("/v1/webspaces/raw-" + number);
        return "raw-" + number;
    }

    public static JsonPath state(String webspace) {
        return given().auth().oauth2(TestKeys.ADMIN)
                .get("/v1/webspaces/" + webspace + "/state").jsonPath();
    }

    /** The row of an owner's raw updates, or of all it writes when it is a person. */
    public static Map<String, Object> row(String webspace, String owner, boolean direct) {
        return given().auth().oauth2(TestKeys.ADMIN)
                .get("/v1/governance/owners?limit=500&webspace_id=" + webspace)
                .path("items.find { it.owner == '" + owner + "' && it.direct_yjs_write == "
                        + direct + " }");
    }
}
