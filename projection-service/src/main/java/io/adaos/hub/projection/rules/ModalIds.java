package io.adaos.hub.projection.rules;

import java.util.ArrayList;
import java.util.List;

/**
 * Ids of modals, {@code <modal>} or {@code node:<node>:<modal>}; more than one such prefix is a
 * fault that grew with every rebuild.
 */
public final class ModalIds {

    private static final String PREFIX = "node:";
    private static final List<String> MODALS = List.of("ui", "application", "modals");

    private ModalIds() {
    }

    /** The id without any prefix, then with exactly the one of this node; none for no node. */
    public static String ofNode(String id, String node) {
        String plain = plain(id);
        return node.isEmpty() ? plain : PREFIX + node + ':' + plain;
    }

    /** The id with at most one prefix: the first it has, whose node owns the entry. */
    public static String collapsed(String id) {
        return prefixes(id) < 2 ? id
                : ofNode(id, id.substring(PREFIX.length(), id.indexOf(':', PREFIX.length())));
    }

    /** How many prefixes an id has. */
    public static int prefixes(String id) {
        int count = 0;
        for (int at = afterPrefix(id, 0); at > 0; at = afterPrefix(id, at)) {
            count++;
        }
        return count;
    }

    /** The path with the modal's id in it made this node's; for no node it is collapsed. */
    static List<String> inPath(List<String> path, String node) {
        int at = MODALS.size();
        if (path.size() <= at || !path.subList(0, at).equals(MODALS)) {
            return path;
        }
        List<String> normal = new ArrayList<>(path);
        normal.set(at, node.isEmpty() ? collapsed(path.get(at)) : ofNode(path.get(at), node));
        return List.copyOf(normal);
    }

    private static String plain(String id) {
        int start = 0;
        for (int at = afterPrefix(id, 0); at > 0; at = afterPrefix(id, at)) {
            start = at;
        }
        return id.substring(start);
    }

    /** Where the rest begins after a prefix at this place; -1 when none is there. */
    private static int afterPrefix(String id, int from) {
        if (!id.startsWith(PREFIX, from)) {
            return -1;
        }
        int end = id.indexOf(':', from + PREFIX.length());
        return end < 0 || end == id.length() - 1 ? -1 : end + 1;
    }
}
