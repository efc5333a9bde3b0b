package io.adaos.hub.projection.crdt;

import io.adaos.hub.projection.crdt.codec.AnyValue;
import io.adaos.hub.projection.crdt.codec.ByteWriter;
import io.adaos.hub.projection.crdt.codec.JsonText;

/** Plain values as JSON texts: the form old clients wrote before {@link ContentAny}. */
final class ContentJson implements Content {
    static final int REF = 2;

    /** Stands for JavaScript's undefined, which JSON does not have. */
    static final String UNDEFINED = "undefined";

    private final ValueRun texts;

    /** The texts were checked to be JSON or {@link #UNDEFINED}; the array is used, not copied. */
    ContentJson(String[] texts) {
        this(ValueRun.of(texts));
    }

    private ContentJson(ValueRun texts) {
        this.texts = texts;
    }

    @Override
    public int ref() {
        return REF;
    }

    @Override
    public long length() {
        return texts.count();
    }

    @Override
    public boolean isCountable() {
        return true;
    }

    @Override
    public void write(ByteWriter out, long offset) {
        out.writeVarUint(texts.count() - offset);
        for (long i = offset; i < texts.count(); i++) {
            out.writeVarString((String) texts.get(i));
        }
    }

    @Override
    public Object valueAt(long unit) {
        String text = (String) texts.get(unit);
        return text.equals(UNDEFINED) ? AnyValue.UNDEFINED : JsonText.parseChecked(text);
    }

    @Override
    public Content head(long units) {
        return new ContentJson(texts.part(0, units));
    }

    @Override
    public Content tail(long from) {
        return new ContentJson(texts.part(from, texts.count()));
    }

    @Override
    public boolean canJoin(Content next) {
        return next instanceof ContentJson;
    }

    @Override
    public Content join(Content next) {
        texts.append(((ContentJson) next).texts);
        return this;
    }
}
