package io.adaos.hub.projection.room.branch;

import io.adaos.hub.projection.crdt.codec.AnyValue;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;

/**
 * One narrow write of plain JSON below a root of the document. What already is so is not written.
 */
public sealed interface BranchWrite {

    /** The roots of a document; each is a Y.Map. */
    List<String> ROOTS = List.of("ui", "data", "registry", "runtime", "devices");

    /** Where: a root and at least one segment below it; segments are not escaped. */
    List<String> path();

    /** How a value and what is there already become one. */
    enum Mode {
        /** Afterwards the path holds exactly the value; lists are compared as wholes. */
        REPLACE,
        /** Members that the value does not have stay, at every depth. */
        MERGE,
        /** As replace, but lists are Y.Arrays that are compared item by item. */
        LIST
    }

    /**
     * Afterwards the path holds this value. Objects are compared member by member and become Y.Maps
     * where there was nothing.
     *
     * @param force whether it is written although it is there already
     * @throws IllegalArgumentException for a value a document cannot hold
     */
    record Put(List<String> path, Object value, Mode mode, boolean force) implements BranchWrite {
        public Put {
            path = checked(path);
            value = AnyValue.copyOf(value);
        }

        /** Exactly this value, written only where it differs. */
        public Put(List<String> path, Object value) {
            this(path, value, Mode.REPLACE, false);
        }

        /** This and an older one of the same path that was not carried out, as one write. */
        public Put after(Put older) {
            if (mode != Mode.MERGE) {
                return this;
            }
            return older.value instanceof Map<?, ?> plain && value instanceof Map<?, ?> members
                    ? new Put(path, PlainEdit.merged(plain, members), older.mode,
                            force || older.force)
                    : new Put(path, value, Mode.REPLACE, force);
        }
    }

    /**
     * Afterwards the path is a Y.Array of exactly these values, of which only those that differ are
     * written.
     */
    record Items(List<String> path, List<Object> values) implements BranchWrite {
        public Items {
            path = checked(path);
            List<Object> copies = new ArrayList<>(values.size());
            values.forEach(value -> copies.add(AnyValue.copyOf(value)));
            values = Collections.unmodifiableList(copies);
        }
    }

    /** Afterwards nothing is at the path. */
    record Remove(List<String> path) implements BranchWrite {
        public Remove {
            path = checked(path);
        }
    }

    private static List<String> checked(List<String> path) {
        if (path.size() < 2 || !ROOTS.contains(path.get(0))) {
            throw new IllegalArgumentException(
                    "a write needs a root of " + ROOTS + " and a path below it, got " + path);
        }
        return List.copyOf(path);
    }
}
