package io.adaos.hub.projection.room;

import io.adaos.hub.contracts.id.WebspaceId;
import java.util.Map;

/** A document as plain JSON at one generation. */
public record RoomState(WebspaceId webspaceId, long generation, Map<String, Object> document) {
}
