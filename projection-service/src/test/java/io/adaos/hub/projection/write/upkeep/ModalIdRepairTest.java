package io.adaos.hub.projection.write.upkeep;

import static io.adaos.hub.projection.write.upkeep.TestRooms.got;
import static org.junit.jupiter.api.Assertions.assertEquals;

import io.adaos.hub.contracts.id.WebspaceId;
import io.adaos.hub.projection.room.RoomState;
import io.adaos.hub.projection.room.upkeep.DocRepair;
import io.adaos.hub.projection.room.upkeep.SleepSettings;
import io.adaos.hub.projection.ystore.InMemoryYStore;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** Ids that grew with every rebuild are ended when the room of their document opens. */
class ModalIdRepairTest {

    private static final WebspaceId DESKTOP = WebspaceId.DESKTOP;
    private static final DocRepair NONE = roots -> List.of();

    private static RoomState opened(InMemoryYStore store, DocRepair repair) {
        try (TestRooms rooms = new TestRooms(store, SleepSettings.DEFAULT, repair)) {
            return got(got(rooms.rooms.room(DESKTOP)).orElseThrow().state());
        }
    }

    private static Object modals(RoomState state) {
        Map<?, ?> application =
                (Map<?, ?>) ((Map<?, ?>) state.document().get("ui")).get("application");
        return application.get("modals");
    }

    @Test
    void recursiveIds_inADocument_areEndedOnce() {
        // Given
        InMemoryYStore store = new InMemoryYStore();
        try (TestRooms old = new TestRooms(store, SleepSettings.DEFAULT, NONE)) {
            List<String> path = List.of("ui", "application", "modals");
            got(old.put(DESKTOP, path, Map.of(
                    "node:a:settings", Map.of("title", "Settings"),
                    "node:a:node:a:settings", Map.of("title", "A copy"),
                    "node:b:node:b:node:b:weather", Map.of("title", "Weather"),
                    "plain", Map.of("title", "Plain"))));
        }

        // When
        RoomState untouched = opened(store, NONE);
        RoomState repaired = opened(store, new ModalIdRepair());
        RoomState again = opened(store, new ModalIdRepair());

        // Then
        assertEquals(1, untouched.generation());
        assertEquals(Map.of("node:a:settings", Map.of("title", "Settings"),
                "node:b:weather", Map.of("title", "Weather"),
                "plain", Map.of("title", "Plain")), modals(repaired));
        assertEquals(2, repaired.generation());
        assertEquals(2, again.generation());
    }
}
