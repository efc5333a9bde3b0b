package io.adaos.hub.registry.push;

import static io.adaos.hub.registry.PushedArtifacts.pushSkill;
import static io.adaos.hub.registry.PushedArtifacts.pusher;
import static org.hamcrest.Matchers.is;
import static org.junit.jupiter.api.Assertions.assertEquals;

import io.adaos.hub.registry.StoredRows;
import io.adaos.hub.testing.HubTestResource;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.response.Response;
import jakarta.inject.Inject;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;

@QuarkusTest
@QuarkusTestResource(HubTestResource.class)
class BusyStoreQuarkusTest {

    @Inject
    StoredRows stored;

    private final AtomicReference<Response> answer = new AtomicReference<>();

    @Test
    void push_ofAnArtifactThatIsBusyForLong_isToldToComeBack() {
        // Given
        String lock = "SELECT pg_advisory_xact_lock(hashtextextended('artifact:skill:busy_skill', "
                + "0))";
        String before = stored.counts();

        // When
        stored.whileHeld(lock, () -> answer.set(pushSkill("busy_skill", "1.0.0")));

        // Then
        answer.get().then().statusCode(503).header("Retry-After", "5")
                .body("code", is("store_unavailable"), "retryable", is(true));
        assertEquals(before, stored.counts());
        pushSkill("busy_skill", "1.0.0").then().statusCode(201);
    }

    @Test
    void blob_whoseTableGivesNoAnswer_isUnavailableForNow() {
        // Given
        String digest = pushSkill("blob_wait_skill", "1.0.0").path("digest");
        String lock = "LOCK TABLE blob IN ACCESS EXCLUSIVE MODE";

        // When
        stored.whileHeld(lock, () -> answer.set(pusher().get("/v1/blobs/" + digest)));

        // Then
        answer.get().then().statusCode(503).body("code", is("store_unavailable"));
        pusher().get("/v1/blobs/" + digest).then().statusCode(200);
    }
}
