package io.adaos.hub.projection.status.edge;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.adaos.hub.runtime.http.Etags;
import io.adaos.hub.runtime.http.HubJson;
import java.util.Set;

/** A weak tag that ages and moments do not change. */
final class QuietTag {

    private static final Set<String> VOLATILE = Set.of("at", "age_ms", "oldest_unproven_ms",
            "last_good_sync_at", "last_materialization_at", "updated_at",
            "lastGoodSyncAt", "lastMaterializationAt", "updatedAt");

    private QuietTag() {
    }

    /** The tag of a body. */
    static String of(Object body) {
        JsonNode tree = HubJson.mapper().valueToTree(body);
        withoutVolatile(tree);
        return Etags.weakOf(tree);
    }

    /** Our own bodies are a few levels deep. */
    private static void withoutVolatile(JsonNode node) {
        if (node instanceof ObjectNode members) {
            members.remove(VOLATILE);
        }
        node.forEach(QuietTag::withoutVolatile);
    }
}
