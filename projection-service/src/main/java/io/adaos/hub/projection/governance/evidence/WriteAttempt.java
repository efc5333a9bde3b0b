package io.adaos.hub.projection.governance.evidence;

import java.util.List;

/**
 * One write that somebody wants to make.
 *
 * @param path where, as on the wire; of a raw update one of the paths it touches
 * @param slot what a newer write of the same slot replaces or joins while it is pending: the path
 *     of a governed write, the connection of a raw update
 * @param roots first segments of all it touches
 * @param bytes JSON size of the whole value, or length of the raw update
 * @param fingerprint 64 bit hash of the value; 0 for a scalar and for a raw update
 */
public record WriteAttempt(OwnerKey key, String path, String slot, List<String> roots, long bytes,
        long fingerprint, WriteOrigin origin) {

    private static final int PATH_MAX = 1_000;

    public WriteAttempt {
        if (bytes < 0) {
            throw new IllegalArgumentException("a write of " + bytes + " bytes");
        }
        path = path.length() <= PATH_MAX ? path : path.substring(0, PATH_MAX);
        roots = List.copyOf(roots);
    }

    /** A governed write of a value to a path. */
    public static WriteAttempt governed(OwnerKey key, String path, Value value,
            WriteOrigin origin) {
        int slash = path.indexOf('/');
        String root = slash < 0 ? path : path.substring(0, slash);
        return new WriteAttempt(
                key, path, path, List.of(root), value.bytes(), value.fingerprint(), origin);
    }

    /** A raw update that came over a connection. */
    public static WriteAttempt raw(OwnerKey key, String connection, RawUpdate update,
            WriteOrigin origin) {
        return new WriteAttempt(key, update.path(), "connection:" + connection, update.roots(),
                update.bytes(), 0, origin);
    }

    /** What is known of a value: its JSON size, and its hash unless it is a scalar (then 0). */
    public record Value(long bytes, long fingerprint) {
    }

    /** What is known of a raw update: one path it touches, all roots, its length. */
    public record RawUpdate(String path, List<String> roots, long bytes) {
    }
}
