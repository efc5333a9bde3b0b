package io.adaos.hub.marketplace.infrastate;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.MissingNode;
import io.adaos.hub.contracts.catalog.ArtifactKind;
import io.adaos.hub.contracts.id.NodeId;
import io.adaos.hub.contracts.id.WebspaceId;
import io.adaos.hub.contracts.listing.RowStatus;
import io.adaos.hub.contracts.status.EpochSeconds;
import io.adaos.hub.marketplace.listing.MarketplaceListingService.Current;
import io.adaos.hub.marketplace.listing.MarketplaceListingService.Part;
import io.adaos.hub.runtime.outbox.Freshness;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * The body of {@code GET …/snapshot}, put together of what three services say; what one of them did
 * not say is left empty and named.
 *
 * @param rows empty until the catalog was listed once
 * @param operations in the shape of {@code GET /api/operations}
 * @param reliability in the shape of {@code GET /api/node/reliability}
 */
record InfrastateSnapshot(WebspaceId webspace, NodeId node, Optional<Current> rows,
        Fetched operations, Fetched reliability) {

    /** Rows of a kind at most; a client that wants more asks {@code /v1/marketplace}. */
    private static final int ROWS_MAX = 256;
    private static final Set<RowStatus> OFFERED =
            Set.of(RowStatus.INSTALLABLE, RowStatus.UPDATE_AVAILABLE, RowStatus.BLOCKED);

    Map<String, Object> body(long nowMillis) {
        if (reliability instanceof Fetched.Refused refused && refused.status() == 404) {
            return refused(webspace.value(), refused.code());
        }
        List<String> missing = missing();
        Map<String, Object> body = new LinkedHashMap<>();
        body.put("ok", true);
        body.put("accepted", true);
        body.put("webspace_id", webspace.value());
        body.put("degraded", !missing.isEmpty());
        body.put("error", missing.isEmpty() ? null : String.join(",", missing));
        body.put("snapshot", snapshot(EpochSeconds.ofMillis(nowMillis)));
        return body;
    }

    /** The answer to a question that cannot be answered at all. */
    static Map<String, Object> refused(String webspace, String error) {
        Map<String, Object> body = new LinkedHashMap<>();
        body.put("ok", false);
        body.put("accepted", false);
        body.put("webspace_id", webspace);
        body.put("error", error);
        return body;
    }

    private Map<String, Object> snapshot(EpochSeconds now) {
        JsonNode status = reliability.said().orElse(MissingNode.getInstance());
        Map<String, Object> snapshot = new LinkedHashMap<>();
        snapshot.put("summary", status.has("summary") ? status.get("summary") : unknown(now));
        snapshot.put("yjs_pressure", orNull(status.path("runtime").path("yjs_pressure")));
        snapshot.put("actions", actions());
        snapshot.put("marketplace", marketplace());
        snapshot.put("operations", operations.said().orElse(null));
        snapshot.put("node_id", node.value());
        snapshot.put("projection", "lightweight_control");
        snapshot.put("details", Map.of("delivery", "streams"));
        snapshot.put("last_refresh_ts", now);
        return snapshot;
    }

    /** Nobody has said how the hub is; nothing is made up in its place. */
    private static Map<String, Object> unknown(EpochSeconds now) {
        Map<String, Object> summary = new LinkedHashMap<>();
        summary.put("label", "Infra State");
        summary.put("value", "unknown");
        summary.put("subtitle", "projection-service has not said how the hub is");
        summary.put("description", "");
        summary.put("updated_at", now);
        return summary;
    }

    private List<Map<String, Object>> actions() {
        Optional<Integer> updates = rows.map(now -> total(now, RowStatus.UPDATE_AVAILABLE));
        return List.of(
                action(InfrastateAction.UPDATE, "Update skills & scenarios", updates
                        .map(count -> count == 0 ? "Everything installed is up to date."
                                : "Newer versions: " + count + ".")
                        .orElse("The catalog was not read yet."), updates.isPresent()),
                action("marketplace", "Marketplace",
                        "Find and install skills and scenarios.", rows.isPresent()));
    }

    private int total(Current now, RowStatus status) {
        int total = 0;
        for (ArtifactKind kind : ArtifactKind.values()) {
            total += now.part(node, kind, Set.of(status), 0).total();
        }
        return total;
    }

    private static Map<String, Object> action(
            String id, String title, String description, boolean ok) {
        Map<String, Object> action = new LinkedHashMap<>();
        action.put("id", id);
        action.put("title", title);
        action.put("status", ok ? "ok" : "warn");
        action.put("description", description);
        return action;
    }

    private Map<String, Object> marketplace() {
        Map<String, Object> lists = new LinkedHashMap<>();
        Map<String, Object> totals = new LinkedHashMap<>();
        for (ArtifactKind kind : ArtifactKind.values()) {
            Part part = rows.map(now -> now.part(node, kind, OFFERED, ROWS_MAX))
                    .orElse(new Part(List.of(), 0));
            lists.put(kind.plural(), part.rows());
            totals.put(kind.plural(), part.total());
        }
        lists.put("total", totals);
        rows.ifPresent(now -> lists.put("sources", now.sources()));
        return lists;
    }

    private List<String> missing() {
        List<String> missing = new ArrayList<>();
        if (rows.isEmpty()) {
            missing.add("catalog_not_listed");
        } else {
            if (rows.get().sources().registry().state() == Freshness.STALE) {
                missing.add("registry_stale");
            }
            if (rows.get().sources().operations().state() == Freshness.STALE) {
                missing.add("installed_stale");
            }
        }
        note(missing, "operations", operations);
        note(missing, "projection", reliability);
        return missing;
    }

    private static void note(List<String> missing, String source, Fetched said) {
        if (said instanceof Fetched.Away) {
            missing.add(source + "_unavailable");
        } else if (said instanceof Fetched.Refused refused) {
            missing.add(source + '_' + refused.code());
        }
    }

    private static Object orNull(JsonNode node) {
        return node.isMissingNode() ? null : node;
    }
}
