package io.adaos.hub.projection.crdt;

import io.adaos.hub.projection.crdt.codec.ByteWriter;
import io.adaos.hub.projection.crdt.codec.JsonText;

/** An object in the flow of a text; kept as the JSON text it came with. */
final class ContentEmbed implements Content {
    static final int REF = 5;

    private final String json;

    /** The text was checked to be JSON. */
    ContentEmbed(String json) {
        this.json = json;
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
        return true;
    }

    @Override
    public void write(ByteWriter out, long offset) {
        out.writeVarString(json);
    }

    @Override
    public Object valueAt(long unit) {
        return JsonText.parseChecked(json);
    }
}
