package io.adaos.hub.runtime.http;

import static io.restassured.RestAssured.given;

import io.adaos.hub.testing.HubTestResource;
import io.adaos.hub.testing.TestKeys;
import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.QuarkusTestProfile;
import io.quarkus.test.junit.TestProfile;
import java.util.Map;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Public reads are off. */
@QuarkusTest
@TestProfile(ClosedHubQuarkusTest.Closed.class)
@WithTestResource(HubTestResource.class)
class ClosedHubQuarkusTest {

    /** The one setting that closes a hub. */
    public static final class Closed implements QuarkusTestProfile {
        @Override
        public Map<String, String> getConfigOverrides() {
            return Map.of("hub.public-reads", "false");
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {
        "/probe/public", "/v1/health", "/metrics", "/openapi", "/openapi.json", "/docs/"
    })
    void read_needsACredential_andAnyWillDo(String path) {
        // When
        given().get(path).then().statusCode(401);
        given().auth().oauth2(TestKeys.NOBODY).get(path)
                // Then
                .then().statusCode(200);
    }

    @ParameterizedTest
    @ValueSource(strings = {"/livez", "/readyz", "/healthz"})
    void probe_staysOpen(String path) {
        // When
        given().get(path)
                // Then
                .then().statusCode(200);
    }
}
