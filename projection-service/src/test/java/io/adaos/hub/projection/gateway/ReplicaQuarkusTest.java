package io.adaos.hub.projection.gateway;

import static io.restassured.RestAssured.given;
import static org.hamcrest.Matchers.empty;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.matchesPattern;
import static org.junit.jupiter.api.Assertions.assertEquals;

import io.adaos.hub.projection.operationview.OperationsUpstream;
import io.adaos.hub.testing.HubTestResource;
import io.adaos.hub.testing.TestKeys;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.common.http.TestHTTPResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.specification.RequestSpecification;
import io.vertx.mutiny.sqlclient.Pool;
import jakarta.inject.Inject;
import java.net.URI;
import org.junit.jupiter.api.Test;

/** What clients meet at a replica that does not own a webspace, and what operators can do. */
@QuarkusTest
@QuarkusTestResource(HubTestResource.class)
@QuarkusTestResource(OperationsUpstream.class)
class ReplicaQuarkusTest {

    @TestHTTPResource("/")
    URI server;

    @Inject
    Pool pool;

    @Test
    void webspace_ofAnotherReplica_isRefusedWithTheAddressOfItsOwner() {
        // Given
        admin().put("/v1/webspaces/elsewhere").then().statusCode(201);
        run("UPDATE webspaces SET epoch = 7, holder = 'other', lease_until = now() + interval"
                + " '9 s', holder_address = 'http://other:1' WHERE webspace = 'elsewhere'");

        // When
        TestSocket socket = TestSocket.open(
                server, "/yws/elsewhere?token=" + TestKeys.ADMIN);

        // Then
        assertEquals(1013, socket.closeCode());
        assertEquals("not_owner http://other:1", socket.closeReason());
        admin().get("/v1/webspaces/elsewhere/state").then().statusCode(503)
                .header("Retry-After", matchesPattern("[1-9]"))
                .body("code", equalTo("not_owner"))
                .body("owner_address", equalTo("http://other:1"));
        admin().post("/v1/webspaces/elsewhere/set-aside/x/restore").then().statusCode(503)
                .body("code", equalTo("not_owner"));
    }

    @Test
    void part_thatWasSetAside_isListedRestoredAndDroppedByOperatorsOnly() {
        // Given
        String parts = "/v1/webspaces/mended/set-aside";
        admin().put("/v1/webspaces/mended").then().statusCode(201);
        run("INSERT INTO set_aside_updates (name, webspace, generation, part, epoch, payload,"
                + " crc, created_at) VALUES ('bad', 'mended', 3, 'log', 1, '\\x00', 1, now())");

        // When
        given().header("Authorization", "Bearer " + TestKeys.READER)
                .get(parts).then().statusCode(403);

        // Then
        admin().get(parts).then().statusCode(200)
                .body("items[0].name", equalTo("bad"))
                .body("items[0].from_generation", equalTo(3))
                .body("items[0].rows", equalTo(1));
        admin().post(parts + "/bad/restore").then().statusCode(200)
                .body("restored", equalTo(0)).body("damaged", equalTo(1));
        admin().delete(parts + "/bad").then().statusCode(200).body("updates", equalTo(1));
        admin().get(parts).then().statusCode(200).body("items", empty());
        admin().delete(parts + "/bad").then().statusCode(404);
    }

    private static RequestSpecification admin() {
        return given().header("Authorization", "Bearer " + TestKeys.ADMIN);
    }

    private void run(String statement) {
        pool.query(statement).executeAndAwait();
    }
}
