package io.adaos.hub.projection.crdt;

import io.adaos.hub.projection.crdt.codec.AnyValue;
import io.adaos.hub.projection.crdt.codec.ByteWriter;
import io.adaos.hub.projection.crdt.codec.JsonText;
import java.util.Arrays;

/** Plain values as JSON texts: the form old clients wrote before {@link ContentAny}. */
final class ContentJson implements Content {
    static final int REF = 2;

    /** Stands for JavaScript's undefined, which JSON does not have. */
    static final String UNDEFINED = "undefined";

    private final String[] texts;

    /** The texts were checked to be JSON or {@link #UNDEFINED}; the array is used, not copied. */
    ContentJson(String[] texts) {
        this.texts = texts;
    }

    @Override
    public int ref() {
        return REF;
    }

    @Override
    public long length() {
        return texts.length;
    }

    @Override
    public boolean isCountable() {
        return true;
    }

    @Override
    public void write(ByteWriter out, long offset) {
        out.writeVarUint(texts.length - offset);
        for (int i = (int) offset; i < texts.length; i++) {
            out.writeVarString(texts[i]);
        }
    }

    @Override
    public Object valueAt(long unit) {
        String text = texts[(int) unit];
        return text.equals(UNDEFINED) ? AnyValue.UNDEFINED : JsonText.parseChecked(text);
    }

    @Override
    public Content head(long units) {
        return new ContentJson(Arrays.copyOf(texts, (int) units));
    }

    @Override
    public Content tail(long from) {
        return new ContentJson(Arrays.copyOfRange(texts, (int) from, texts.length));
    }

    @Override
    public boolean canJoin(Content next) {
        return next instanceof ContentJson;
    }

    @Override
    public Content join(Content next) {
        String[] more = ((ContentJson) next).texts;
        String[] joined = Arrays.copyOf(texts, texts.length + more.length);
        System.arraycopy(more, 0, joined, texts.length, more.length);
        return new ContentJson(joined);
    }
}
