package io.adaos.hub.projection.crdt;

import io.adaos.hub.projection.crdt.codec.AnyValue;
import java.util.Map;

/**
 * A reference to another document; its content is not part of this one.
 *
 * @param guid name of the other document
 * @param options what its writer said about it: {@code gc}, {@code autoLoad}, {@code meta}
 */
public record Subdocument(String guid, Map<String, Object> options) {
    /** The options are copied. */
    @SuppressWarnings("unchecked")
    public Subdocument {
        options = (Map<String, Object>) AnyValue.copyOf(options);
    }
}
