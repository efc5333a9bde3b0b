package io.adaos.hub.projection.write.body;

import java.util.List;
import java.util.Map;

/** The value of a write as it came in a body. */
public sealed interface BodyValue {

    /**
     * It can be written, if its rule allows that much.
     *
     * @param plain null, Boolean, Long, Double, String, List or Map
     */
    record Plain(Object plain, ValueSize size) implements BodyValue {

        /** Whether it holds nothing else. */
        public boolean isScalar() {
            return !(plain instanceof List || plain instanceof Map);
        }
    }

    /** No rule can allow as much; what is above every limit was measured and not kept. */
    record Oversized(ValueSize size) implements BodyValue {
    }

    /** No document can hold it. */
    record Invalid(String detail) implements BodyValue {
    }
}
