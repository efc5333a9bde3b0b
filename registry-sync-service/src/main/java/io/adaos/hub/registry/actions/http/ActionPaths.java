package io.adaos.hub.registry.actions.http;

import java.util.List;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Which paths speak the contract of the action registry, and which route each belongs to. */
final class ActionPaths {

    private static final List<String> ROOTS =
            List.of("/actions", "/v1/actions", "/v1/trusted-keys");
    private static final Set<String> PLAIN = Set.of("/actions", "/v1/actions", "/healthz", "/livez",
            "/readyz", "/metrics", "/openapi.json", "/docs");
    private static final Pattern VERSION =
            Pattern.compile("(/v1)?/actions/[^/]+/versions/[^/]+(/verify)?");
    private static final Pattern KEY = Pattern.compile("/v1/trusted-keys/[^/]+");

    private ActionPaths() {
    }

    static boolean isOne(String path) {
        return ROOTS.stream().anyMatch(root -> path.startsWith(root)
                && (path.length() == root.length() || path.charAt(root.length()) == '/'));
    }

    /** The template of a path, or {@code other}: a label has few values whatever is asked for. */
    static String route(String path) {
        if (path == null || PLAIN.contains(path)) {
            return path == null ? "other" : path;
        }
        Matcher version = VERSION.matcher(path);
        if (version.matches()) {
            return (version.group(1) == null ? "" : version.group(1))
                    + "/actions/{name}/versions/{version}"
                    + (version.group(2) == null ? "" : version.group(2));
        }
        return KEY.matcher(path).matches() ? "/v1/trusted-keys/{kid}" : "other";
    }
}
