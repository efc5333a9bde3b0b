package io.adaos.hub.projection.crdt;

import io.adaos.hub.projection.crdt.id.StructId;
import java.util.Objects;

/** One step from a shared type to something inside it. */
public sealed interface PathStep {

    /** The value of a key of a map, or of an attribute of a text or XML element. */
    record Key(String name) implements PathStep {
        /** A key has a name, which may be empty. */
        public Key {
            Objects.requireNonNull(name);
        }
    }

    /**
     * A shared type that stands in a list.
     *
     * @param id its identity, which stays the same when elements before it come and go
     */
    record Element(StructId id) implements PathStep {
        /** An element has an identity. */
        public Element {
            Objects.requireNonNull(id);
        }
    }
}
