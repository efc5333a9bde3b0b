package io.adaos.hub.projection.crdt;

import io.adaos.hub.projection.crdt.codec.AnyValue;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * A reference to another document; its content is not part of this one.
 *
 * @param guid name of the other document
 * @param options what its writer said about it: {@code gc} when false, {@code autoLoad} when true,
 *     {@code meta} when not null, in this order, then what yjs does not know
 */
public record Subdocument(String guid, Map<String, Object> options) {
    private static final String GC = "gc";
    private static final String AUTO_LOAD = "autoLoad";
    private static final String META = "meta";

    /** The options are copied; those that say what is so anyway are left out, as yjs does. */
    @SuppressWarnings("unchecked")
    public Subdocument {
        guid = AnyValue.wellFormed(guid);
        Map<String, Object> given =
                new LinkedHashMap<>((Map<String, Object>) AnyValue.copyOf(options));
        Map<String, Object> ordered = new LinkedHashMap<>();
        if (Boolean.FALSE.equals(given.remove(GC))) {
            ordered.put(GC, false);
        }
        if (Boolean.TRUE.equals(given.remove(AUTO_LOAD))) {
            ordered.put(AUTO_LOAD, true);
        }
        Object meta = given.remove(META);
        if (meta != null && meta != AnyValue.UNDEFINED) {
            ordered.put(META, meta);
        }
        ordered.putAll(given);
        options = Collections.unmodifiableMap(ordered);
    }

    /** A reference without options. */
    public Subdocument(String guid) {
        this(guid, Map.of());
    }
}
