package io.adaos.hub.projection.operationview;

import static io.adaos.hub.projection.operationview.Operations.notification;
import static io.adaos.hub.projection.operationview.Operations.operation;
import static io.restassured.RestAssured.given;
import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import io.adaos.hub.contracts.id.WebspaceId;
import io.adaos.hub.contracts.notification.NotificationLevel;
import io.adaos.hub.contracts.operation.OperationStatus;
import io.adaos.hub.projection.room.RoomDirectory;
import io.adaos.hub.projection.room.WebspaceRoom;
import io.adaos.hub.projection.room.branch.BranchWrite;
import io.adaos.hub.projection.room.mailbox.RoomWrite;
import io.adaos.hub.runtime.http.HubJson;
import io.adaos.hub.testing.HubTestResource;
import io.adaos.hub.testing.TestKeys;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestMethodOrder;

/** Operations of a real upstream, shown in the document of a real room. */
@QuarkusTest
@QuarkusTestResource(HubTestResource.class)
@QuarkusTestResource(OperationsUpstream.class)
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
class OperationViewQuarkusTest {

    private static final Instant READ = Instant.parse("2026-01-02T00:00:00Z");

    @Inject
    RoomDirectory rooms;

    @Test
    @Order(1)
    void operation_isShownWhileItRunsAndWhenItEnds() throws Exception {
        // Given
        OperationsUpstream upstream = OperationsUpstream.get();

        // When
        upstream.change(operation(1, OperationStatus.RUNNING, 40, 1));
        await().until(() -> shown(1).path("progress").asInt() == 40);
        JsonNode whileRunning = runtime();
        upstream.change(operation(1, OperationStatus.SUCCEEDED, 100, 2));
        upstream.say(notification(1, NotificationLevel.SUCCESS));
        await().until(() -> runtime().path("notifications").size() == 1);
        JsonNode whileUnread = runtime().at("/notifications/0");
        upstream.say(notification(1, NotificationLevel.SUCCESS).readAt(READ));

        // Then
        await().until(() -> shown(1).path("status").asText().equals("succeeded")
                && runtime().at("/notifications/0").has("read_at"));
        assertFalse(whileUnread.has("read_at"), whileUnread.toString());
        assertEquals(READ.toString(), runtime().at("/notifications/0/read_at").asText());
        assertEquals(1, runtime().path("notifications").size());
        assertEquals("[\"op_1\"]", whileRunning.at("/operations/active").toString());
        assertEquals("[]", runtime().at("/operations/active").toString());
        assertEquals("[\"op_1\"]", runtime().at("/operations/order").toString());
        JsonNode toast = state().at("/document/data/desktop/toasts/0");
        assertEquals("success", toast.path("level").asText());
        assertEquals("op_1", toast.path("code").asText());
    }

    @Test
    @Order(2)
    void listAgain_whenNothingHasChanged_addsNoGeneration() {
        // Given
        long before = state().path("generation").asLong();
        int lists = OperationsUpstream.get().lists();

        // When
        OperationsUpstream.get().loseFact();
        await().until(() -> OperationsUpstream.get().lists() > lists);
        await().pollDelay(Duration.ofMillis(500)).until(() -> true);

        // Then
        assertEquals(before, state().path("generation").asLong());
    }

    @Test
    @Order(3)
    void branch_thatWasDropped_isFilledAgainWithTheSameContent() {
        // Given
        String before = runtime().toString();
        WebspaceRoom room =
                rooms.room(WebspaceId.DESKTOP).toCompletableFuture().join().orElseThrow();

        // When
        room.write(new RoomWrite("core:test", "test", List.of(
                new BranchWrite.Remove(List.of("runtime", "operations")),
                new BranchWrite.Remove(List.of("runtime", "notifications"))), 0))
                .toCompletableFuture().join();

        // Then
        await()
                .until(() -> runtime().path("operations").size() == 3
                        && runtime().path("notifications").size() == 1);
        assertEquals(parse(before), runtime());
    }

    @Test
    @Order(4)
    void busyWebspace_doesNotEmptyTheBoardOfAnother() throws Exception {
        // Given
        OperationsUpstream upstream = OperationsUpstream.get();
        WebspaceId busy = new WebspaceId("busy");
        rooms.create(busy, "core:test").toCompletableFuture().join();
        for (int n = 100; n < 170; n++) {
            upstream.say(Operations.in(busy, notification(n, NotificationLevel.SUCCESS)));
        }
        int lists = upstream.lists();

        // When
        upstream.loseFact();
        await().until(() -> upstream.lists() > lists);
        await().pollDelay(Duration.ofMillis(500)).until(() -> true);

        // Then
        assertEquals(1, runtime().path("notifications").size());
        assertEquals("[\"op_1\"]", runtime().at("/operations/order").toString());
        await().until(() -> parse(given().header("Authorization", "Bearer " + TestKeys.ADMIN)
                .get("/v1/webspaces/busy/state").asString())
                .at("/document/runtime/notifications").size() == 40);
    }

    private JsonNode shown(int n) {
        return runtime().at("/operations/by_id/op_" + n);
    }

    private JsonNode runtime() {
        return state().at("/document/runtime");
    }

    private JsonNode state() {
        return parse(given().header("Authorization", "Bearer " + TestKeys.READER)
                .get("/v1/webspaces/desktop/state").then().statusCode(200)
                .extract().asString());
    }

    private static JsonNode parse(String json) {
        try {
            return HubJson.mapper().readTree(json);
        } catch (JsonProcessingException e) {
            throw new AssertionError(e);
        }
    }
}
