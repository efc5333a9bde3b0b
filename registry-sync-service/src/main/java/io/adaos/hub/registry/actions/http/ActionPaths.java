package io.adaos.hub.registry.actions.http;

import java.util.List;

/** Which paths speak the contract of the action registry. */
final class ActionPaths {

    static final List<String> ROOTS = List.of("/actions", "/v1/actions", "/v1/trusted-keys");

    private ActionPaths() {
    }

    static boolean isOne(String path) {
        return ROOTS.stream().anyMatch(root -> path.startsWith(root)
                && (path.length() == root.length() || path.charAt(root.length()) == '/'));
    }
}
