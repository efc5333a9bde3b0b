package io.adaos.hub.runtime.http;

import static io.restassured.RestAssured.given;
import static org.awaitility.Awaitility.await;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.oneOf;

import io.adaos.hub.testing.TestKeys;
import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.QuarkusTestProfile;
import io.quarkus.test.junit.TestProfile;
import java.time.Duration;
import org.junit.jupiter.api.Test;

/** The service started before its PostgreSQL, which is killed and comes back. */
@QuarkusTest
@TestProfile(PostgresAwayQuarkusTest.Alone.class)
@WithTestResource(LatePostgres.class)
class PostgresAwayQuarkusTest {

    private static final Duration PATIENCE = Duration.ofSeconds(40);

    /** An application of its own, since no other starts before its database. */
    public static final class Alone implements QuarkusTestProfile {
    }

    @Test
    void killedPostgres_isTold_andEverythingHealsWhenItIsBack() {
        // Given
        given().post("/probe/facts/before").then().statusCode(200);
        given().get("/readyz").then().statusCode(200);

        // When
        LatePostgres.server().kill();
        given().post("/probe/facts/lost")
                .then().statusCode(503).header("Retry-After", oneOf("1", "2"))
                .body("code", equalTo("store_unavailable"));
        await().atMost(PATIENCE).until(() -> given().get("/readyz").statusCode() == 503);
        given().get("/livez").then().statusCode(200);
        given().get("/v1/health").then().statusCode(200).body("status", equalTo("degraded"));
        LatePostgres.server().start();

        // Then
        await().atMost(PATIENCE).until(() -> given().get("/readyz").statusCode() == 200);
        given().post("/probe/facts/after").then().statusCode(200);
        await().atMost(PATIENCE).until(() ->
                given().get("/v1/health").jsonPath().getLong("outbox.published") >= 2);
        given().get("/v1/health").then().body("outbox.lag", equalTo(0));
    }

    @Test
    void withoutKeysFile_everybodyIsDenied_andHealthSaysWhy() {
        // When
        given().auth().oauth2(TestKeys.ADMIN).get("/probe/push").then().statusCode(401);
        given().get("/v1/health")
                // Then
                .then().body("keys.ok", equalTo(false))
                .body("keys.error", containsString("HUB_KEYS_FILE"));
    }
}
