package io.adaos.hub.projection.crdt;

import io.adaos.hub.projection.crdt.codec.AnyValue;
import io.adaos.hub.projection.crdt.codec.DecodeLimits;
import io.adaos.hub.projection.crdt.codec.JsKeys;
import io.adaos.hub.projection.crdt.codec.JsonWriter;
import java.util.LinkedHashMap;
import java.util.Map;

/** Turns what users ask for into the marks and embeds of a text. */
final class TextAttributes {
    private TextAttributes() {}

    /** The marks that give a text these attributes, by key; a null value ends an attribute. */
    static Map<String, ContentFormat> marks(Map<String, ?> attributes) {
        Map<String, ContentFormat> marks = new LinkedHashMap<>();
        attributes.forEach((key, value) -> {
            String wellFormed = AnyValue.wellFormed(key);
            marks.put(wellFormed, new ContentFormat(wellFormed, json(value)));
        });
        return JsKeys.inOrder(marks);
    }

    /** The content of an embedded plain value. */
    static Content embed(Object value) {
        if (value == null || value instanceof String) {
            throw new IllegalArgumentException(
                    "an embed is an object, a list, a number or a boolean, not " + value);
        }
        return new ContentEmbed(json(value));
    }

    private static String json(Object value) {
        return JsonWriter.write(value, DecodeLimits.DEFAULT.depthMax());
    }
}
