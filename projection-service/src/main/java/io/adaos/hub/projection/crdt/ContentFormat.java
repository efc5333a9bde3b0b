package io.adaos.hub.projection.crdt;

import io.adaos.hub.projection.crdt.codec.AnyValue;
import io.adaos.hub.projection.crdt.codec.ByteWriter;
import io.adaos.hub.projection.crdt.codec.JsonText;

/** A mark in a text: from here on an attribute has this value; JSON null ends it. */
final class ContentFormat implements Content {
    static final int REF = 6;

    private final String key;
    private final String json;

    /** The value was checked to be JSON. */
    ContentFormat(String key, String json) {
        this.key = key;
        this.json = json;
    }

    String key() {
        return key;
    }

    /** The attribute's value, null where the attribute ends. */
    Object value() {
        return JsonText.parseChecked(json);
    }

    @Override
    public int ref() {
        return REF;
    }

    @Override
    public long length() {
        return 1;
    }

    @Override
    public boolean isCountable() {
        return false;
    }

    @Override
    public void write(ByteWriter out, long offset) {
        out.writeVarString(key);
        out.writeVarString(json);
    }

    @Override
    public Object valueAt(long unit) {
        return AnyValue.UNDEFINED;
    }
}
