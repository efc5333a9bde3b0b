package io.adaos.hub.projection.gateway;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import io.adaos.hub.contracts.id.WebspaceId;
import io.adaos.hub.projection.operationview.OperationsUpstream;
import io.adaos.hub.projection.room.RoomDirectory;
import io.adaos.hub.projection.room.WebspaceRoom;
import io.adaos.hub.projection.room.branch.BranchWrite;
import io.adaos.hub.projection.room.mailbox.RoomWrite;
import io.adaos.hub.runtime.http.HubJson;
import io.adaos.hub.testing.HubTestResource;
import io.adaos.hub.testing.TestKeys;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.common.http.TestHTTPResource;
import io.quarkus.test.junit.QuarkusTest;
import io.vertx.mutiny.sqlclient.Pool;
import jakarta.inject.Inject;
import java.net.URI;
import java.util.List;
import org.junit.jupiter.api.Test;

/** The npm packages {@code yjs} and {@code y-websocket}, unmodified, against the service. */
@QuarkusTest
@QuarkusTestResource(HubTestResource.class)
@QuarkusTestResource(OperationsUpstream.class)
class YjsClientsQuarkusTest {

    @TestHTTPResource("/")
    URI address;

    @Inject
    Pool pool;

    @Inject
    RoomDirectory rooms;

    @Test
    void clients_syncUpdateAndSyncAgainAfterTheRoomRestarted() {
        // Given
        String url = "ws://" + address.getAuthority();

        // When
        List<JsonNode> steps = NodeClients.run(step -> {
            if (step.path("step").asText().equals("restart me")) {
                loseLease();
            }
        }, "follow.mjs", url, "desktop", TestKeys.ADMIN, TestKeys.READER);

        // Then
        assertEquals("first", NodeClients.step(steps, "updated").path("note").asText());
        assertEquals("present", NodeClients.step(steps, "present").path("step").asText());
        JsonNode last = NodeClients.step(steps, "synced again");
        assertEquals(1012, last.path("closes").path(0).asInt());
        assertTrue(last.path("same").asBoolean());
        assertEquals("[1,\"two\",{\"three\":3}]", last.path("json").path("data").path("list")
                .toString());
        JsonNode server = HubJson.mapper().valueToTree(room().state().toCompletableFuture().join()
                .document());
        assertEquals(server.path("data").toString(), last.path("json").path("data").toString());
    }

    /** Somebody else takes the webspace, which its room finds out when it appends. */
    private void loseLease() {
        WebspaceRoom room = room();
        pool.query("UPDATE webspaces SET epoch = epoch + 1, lease_until = '-infinity'"
                + " WHERE webspace = 'desktop'").executeAndAwait();
        room.write(new RoomWrite("core:test", "test",
                List.of(new BranchWrite.Put(List.of("data", "never"), true)), 10));
    }

    private WebspaceRoom room() {
        return rooms.room(WebspaceId.DESKTOP).toCompletableFuture().join().orElseThrow();
    }
}
