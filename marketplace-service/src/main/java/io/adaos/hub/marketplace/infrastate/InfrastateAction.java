package io.adaos.hub.marketplace.infrastate;

import com.fasterxml.jackson.databind.JsonNode;
import io.adaos.hub.contracts.id.ArtifactRef;
import io.adaos.hub.contracts.id.NodeId;
import io.adaos.hub.contracts.id.WebspaceId;
import java.util.Optional;

/** What a client asks for by {@code POST …/action}, checked. */
sealed interface InfrastateAction {

    String INSTALL = "marketplace_install";
    String UPDATE = "adaos_update";

    /** Where it is shown and done, and under what name the client may repeat it. */
    record Place(WebspaceId webspace, NodeId node, Optional<String> requestId) {
    }

    /** Install one artifact. */
    record Install(ArtifactRef target, Place place) implements InfrastateAction {
    }

    /** Update everything that has a newer version. */
    record Update(Place place) implements InfrastateAction {
    }

    /** Nothing that could be done. */
    record Unusable(String action, String error, String detail) implements InfrastateAction {
    }

    /** Reads a body of any shape; what is missing has its default, what is wrong is refused. */
    static InfrastateAction read(JsonNode body) {
        String id = body.path("id").asText("");
        if (id.isEmpty()) {
            return new Unusable(id, "action_requires_id", "The body needs 'id'");
        }
        JsonNode value = body.path("value");
        Place place;
        try {
            place = new Place(WebspaceId.of(first("desktop", body.path("webspace_id"))),
                    new NodeId(first(NodeId.HUB.value(), value.path("target_node_id"),
                            value.path("node_id"), body.path("target_node_id"),
                            body.path("node_id"))),
                    Optional.of(body.path("request_id").asText("")).filter(key -> !key.isEmpty()));
        } catch (IllegalArgumentException e) {
            return new Unusable(id, "request_invalid", String.valueOf(e.getMessage()));
        }
        if (id.equals(INSTALL)) {
            return install(value, place);
        }
        return id.equals(UPDATE) ? new Update(place) : new Unusable(id, "action_unknown",
                "Known are " + INSTALL + " and " + UPDATE
                        + "; nothing was passed on to anybody else");
    }

    private static InfrastateAction install(JsonNode value, Place place) {
        try {
            return new Install(new ArtifactRef(
                    first("", value.path("kind"), value.path("target_kind")),
                    first("", value.path("id"), value.path("target_id"))), place);
        } catch (IllegalArgumentException e) {
            return new Unusable(INSTALL, "marketplace_install_requires_target",
                    String.valueOf(e.getMessage()));
        }
    }

    private static String first(String absent, JsonNode... places) {
        for (JsonNode place : places) {
            if (place.isTextual() && !place.asText().isEmpty()) {
                return place.asText();
            }
        }
        return absent;
    }
}
