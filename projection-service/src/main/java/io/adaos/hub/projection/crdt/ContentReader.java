package io.adaos.hub.projection.crdt;

import io.adaos.hub.projection.crdt.codec.AnyCodec;
import io.adaos.hub.projection.crdt.codec.ByteReader;
import io.adaos.hub.projection.crdt.codec.JsonText;
import io.adaos.hub.projection.crdt.codec.MalformedUpdateException;
import io.adaos.hub.projection.crdt.codec.StringCache;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Reads the contents of items. */
final class ContentReader {
    /** A list is given this much room before its elements prove that they exist. */
    private static final int TRUSTED_COUNT = 16;

    private final ByteReader in;
    private final StringCache names;

    ContentReader(ByteReader in, StringCache names) {
        this.in = in;
        this.names = names;
    }

    Content read(int ref) throws MalformedUpdateException {
        return switch (ref) {
            case ContentDeleted.REF -> ContentDeleted.of(in.readVarUint());
            case ContentJson.REF -> readJson();
            case ContentBinary.REF -> new ContentBinary(in.readVarBytes());
            case ContentString.REF -> ContentString.of(in.readVarString());
            case ContentEmbed.REF -> new ContentEmbed(readJsonText());
            case ContentFormat.REF -> new ContentFormat(in.readVarString(names), readJsonText());
            case ContentType.REF -> readType();
            case ContentAny.REF -> readAny();
            case ContentDoc.REF -> readDoc();
            default -> throw new MalformedUpdateException(
                    "unknown content " + ref, in.offset() - 1);
        };
    }

    private Content readAny() throws MalformedUpdateException {
        int count = in.readCount(Integer.MAX_VALUE, 1);
        if (count == 1) {
            return ContentAny.ofOne(AnyCodec.read(in));
        }
        List<Object> values = new ArrayList<>(Math.min(count, TRUSTED_COUNT));
        for (int i = 0; i < count; i++) {
            values.add(AnyCodec.read(in));
        }
        return ContentAny.of(values.toArray());
    }

    private Content readJson() throws MalformedUpdateException {
        int count = in.readCount(Integer.MAX_VALUE, 1);
        List<String> texts = new ArrayList<>(Math.min(count, TRUSTED_COUNT));
        for (int i = 0; i < count; i++) {
            int start = in.offset();
            String text = in.readVarString();
            if (!text.equals(ContentJson.UNDEFINED)) {
                checkJson(text, start);
            }
            texts.add(text);
        }
        return new ContentJson(texts.toArray(new String[0]));
    }

    private String readJsonText() throws MalformedUpdateException {
        int start = in.offset();
        String text = in.readVarString(names);
        checkJson(text, start);
        return text;
    }

    private void checkJson(String text, int start) throws MalformedUpdateException {
        try {
            JsonText.parse(text, in.limits().depthMax());
        } catch (JsonText.JsonSyntaxException e) {
            throw new MalformedUpdateException("not JSON: " + e.getMessage(), start);
        }
    }

    private Content readType() throws MalformedUpdateException {
        int start = in.offset();
        TypeKind kind = TypeKind.ofRef(in.readVarUint());
        if (kind == TypeKind.UNKNOWN) {
            throw new MalformedUpdateException("unknown shared type", start);
        }
        return new ContentType(new TypeNode(kind, kind.isNamed() ? in.readVarString(names) : null));
    }

    private Content readDoc() throws MalformedUpdateException {
        String guid = in.readVarString();
        int start = in.offset();
        if (!(AnyCodec.read(in) instanceof Map<?, ?> options)) {
            throw new MalformedUpdateException("options of a document are an object", start);
        }
        Map<String, Object> copy = new LinkedHashMap<>();
        options.forEach((key, value) -> copy.put((String) key, value));
        return new ContentDoc(new Subdocument(guid, copy));
    }
}
