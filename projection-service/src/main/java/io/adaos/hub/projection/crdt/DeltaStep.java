package io.adaos.hub.projection.crdt;

import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** One step over the old state of a list or text that leads to the new one. */
public sealed interface DeltaStep {

    /**
     * Elements or units that stay.
     *
     * @param count how many
     * @param attributes of a text: those that have another value now, null = ended
     */
    record Retain(int count, Map<String, Object> attributes) implements DeltaStep {
        /** The attributes are copied. */
        public Retain {
            attributes = copy(attributes);
        }
    }

    /**
     * What is new.
     *
     * @param content of a text: a String, or an embedded value alone; of a list: its elements, a
     *     List
     * @param attributes of a text: all that are valid there
     */
    record Insert(Object content, Map<String, Object> attributes) implements DeltaStep {
        /** The attributes are copied. */
        public Insert {
            content = content instanceof List<?> list
                    ? Collections.unmodifiableList(new ArrayList<>(list)) : content;
            attributes = copy(attributes);
        }
    }

    /**
     * Elements or units that are gone.
     *
     * @param count how many
     */
    record Delete(int count) implements DeltaStep {}

    private static Map<String, Object> copy(Map<String, Object> attributes) {
        return Collections.unmodifiableMap(new LinkedHashMap<>(attributes));
    }
}
