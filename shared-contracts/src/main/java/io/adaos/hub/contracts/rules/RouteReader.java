package io.adaos.hub.contracts.rules;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Reads {@code data_routes}. */
final class RouteReader {

    private static final Set<String> KNOWN = Set.of("yjs", "stream", "tool", "details",
            "tool/details", "skill-local", "disk", "360log", "disk/360log");

    /** A message that is larger than a frame of a socket can never arrive. */
    private static final int MESSAGE_BYTES_MAX = 16 << 20;
    private static final int ANY = Integer.MAX_VALUE;

    private RouteReader() {
    }

    static List<DataRoute> read(ManifestNode manifest) {
        List<DataRoute> routes = new ArrayList<>();
        for (ManifestNode node : manifest.nodes("data_routes")) {
            Optional<String> route = node.text("route");
            if (route.isEmpty()) {
                node.warn("route", "route_ignored", "the route does not say how data travels",
                        "Add 'route: yjs', 'stream' or 'details'");
                continue;
            }
            if (!KNOWN.contains(route.get())) {
                node.warn("route", "route_unknown",
                        "'" + route.get() + "' is no kind of route and carries nothing",
                        "Use yjs, stream, tool, details or skill-local");
            }
            routes.add(new DataRoute(node.text("surface").orElse(""), route.get(),
                    node.text("projection_slot"), node.text("receiver"), node.text("path"),
                    budget(node, route.get())));
        }
        return routes;
    }

    private static DataRoute.Budget budget(ManifestNode route, String kind) {
        ManifestNode budget = route.node("budget").orElseGet(() ->
                new ManifestNode(route.pathOf("budget"), Map.of(), route.findings()));
        boolean yjs = kind.equals("yjs");
        return new DataRoute.Budget(
                budget.integer("max_payload_bytes", 1,
                        yjs ? RuleBudget.CEILING.maxBytes() : MESSAGE_BYTES_MAX),
                budget.integer("max_items", 1, yjs ? RuleBudget.CEILING.maxItems() : ANY),
                budget.number("max_publish_hz"),
                budget.integer("coalesce_ms", 0, ANY),
                budget.text("snapshot_policy"));
    }
}
