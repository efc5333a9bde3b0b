package io.adaos.hub.projection.rules;

import io.adaos.hub.contracts.id.NodeId;
import io.adaos.hub.contracts.rules.DocumentBranches;
import java.util.ArrayList;
import java.util.List;

/**
 * Puts branches of {@code data} below the node they belong to: {@code data/x/…} becomes
 * {@code data/nodes/<node>/x/…}, unless {@code x} is shared by all nodes or is scoped already.
 */
public final class NodeScope {

    private static final String DATA = "data";
    private static final String PREFIX = "y:";
    private static final String SEPARATOR = "/";

    private NodeScope() {
    }

    /** The path below its node; segments are unescaped. */
    public static List<String> scoped(List<String> path, NodeId node) {
        if (path.size() < 2 || !path.get(0).equals(DATA)
                || path.get(1).equals(DocumentBranches.NODES)
                || DocumentBranches.SHARED_DATA.contains(path.get(1))) {
            return path;
        }
        List<String> scoped = new ArrayList<>(path.size() + 2);
        scoped.addAll(List.of(DATA, DocumentBranches.NODES, node.value()));
        scoped.addAll(path.subList(1, path.size()));
        return List.copyOf(scoped);
    }

    /** The path as its node says it; a path of another node stays as it is. */
    public static List<String> unscoped(List<String> path, NodeId node) {
        if (path.size() < 4 || !path.subList(0, 3)
                .equals(List.of(DATA, DocumentBranches.NODES, node.value()))) {
            return path;
        }
        List<String> plain = new ArrayList<>(List.of(DATA));
        plain.addAll(path.subList(3, path.size()));
        return List.copyOf(plain);
    }

    /** The same for the text of an address, whose old prefix {@code y:} and escapes stay. */
    public static String scoped(String address, NodeId node) {
        boolean prefixed = address.startsWith(PREFIX);
        String plain = prefixed ? address.substring(PREFIX.length()) : address;
        String scoped = String.join(SEPARATOR,
                scoped(List.of(plain.split(SEPARATOR, -1)), node));
        return prefixed ? PREFIX + scoped : scoped;
    }
}
