package io.adaos.hub.projection.write.upkeep;

import static io.restassured.RestAssured.given;
import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertEquals;

import io.adaos.hub.contracts.id.ArtifactRef;
import io.adaos.hub.projection.operationview.InstalledShelf;
import io.adaos.hub.projection.operationview.OperationsUpstream;
import io.adaos.hub.testing.HubTestResource;
import io.adaos.hub.testing.TestKeys;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import java.time.Duration;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.Test;

/** What an uninstalled artifact has written goes from every webspace. */
@QuarkusTest
@QuarkusTestResource(HubTestResource.class)
@QuarkusTestResource(OperationsUpstream.class)
class ClearingQuarkusTest {

    private static final String OTHER = "clearing";
    private static final Duration AT_MOST = Duration.ofSeconds(30);

    private final InstalledShelf upstream = OperationsUpstream.get().shelf();

    private static ArtifactRef skill() {
        return new ArtifactRef("skill", "c" + UUID.randomUUID().toString().substring(0, 8));
    }

    private void install(ArtifactRef skill) {
        upstream.publish(skill, "1.0.0", "s" + skill.id() + "=data/" + skill.id() + "/value");
        upstream.install(skill, "1.0.0");
        await().until(() -> given().auth().oauth2(TestKeys.ADMIN)
                .get("/v1/projections/rules/skill/" + skill.id()).statusCode() == 200);
    }

    private static int write(ArtifactRef skill, String webspace) {
        return given().auth().oauth2(TestKeys.ADMIN).contentType("application/json")
                .body("""
                        {"value": {"n": 1}, "scope": "webspace", "owner": "skill:%s"}"""
                        .formatted(skill.id()))
                .post("/v1/webspaces/" + webspace + "/projections/s" + skill.id()).statusCode();
    }

    private static Object shown(ArtifactRef skill, String webspace) {
        return given().auth().oauth2(TestKeys.ADMIN)
                .get("/v1/webspaces/" + webspace + "/state")
                .path("document.data." + skill.id() + ".value");
    }

    @Test
    void uninstalledSkill_leavesNothingAnywhere_andItsNeighbourAll() {
        // Given
        given().auth().oauth2(TestKeys.ADMIN).put("/v1/webspaces/" + OTHER);
        ArtifactRef gone = skill();
        ArtifactRef stays = skill();
        install(gone);
        install(stays);
        assertEquals(200, write(gone, "desktop"));
        assertEquals(200, write(gone, OTHER));
        assertEquals(200, write(stays, OTHER));

        // When
        upstream.uninstall(gone);

        // Then
        await().atMost(AT_MOST).until(() -> shown(gone, "desktop") == null
                && shown(gone, OTHER) == null);
        assertEquals(Map.of("n", 1), shown(stays, OTHER));
    }

    @Test
    void replacedVersion_clearsNothing() {
        // Given
        ArtifactRef skill = skill();
        install(skill);
        assertEquals(200, write(skill, "desktop"));
        upstream.publish(skill, "2.0.0", "t" + skill.id() + "=data/" + skill.id() + "/other");

        // When
        upstream.install(skill, "2.0.0");
        await().until(() -> "2.0.0".equals(given().auth().oauth2(TestKeys.ADMIN)
                .get("/v1/projections/rules/skill/" + skill.id()).path("version")));
        ArtifactRef later = skill();
        install(later);
        write(later, "desktop");
        upstream.uninstall(later);
        await().atMost(AT_MOST).until(() -> shown(later, "desktop") == null);

        // Then
        assertEquals(Map.of("n", 1), shown(skill, "desktop"));
    }
}
