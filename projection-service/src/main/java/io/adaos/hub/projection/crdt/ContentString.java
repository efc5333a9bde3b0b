package io.adaos.hub.projection.crdt;

import io.adaos.hub.projection.crdt.codec.ByteWriter;

/** A run of text; one unit is one UTF-16 code unit. */
final class ContentString implements Content {
    static final int REF = 4;

    private static final String REPLACEMENT = "\uFFFD";
    private static final int ASCII = 128;

    /** Joined texts longer than this are kept in a buffer that can grow. */
    private static final int BUFFERED_FROM = 32;

    private static final ContentString[] ASCII_UNITS = new ContentString[ASCII];

    static {
        for (char unit = 0; unit < ASCII; unit++) {
            ASCII_UNITS[unit] = new ContentString(String.valueOf(unit));
        }
    }

    /** A String, a {@link TextSlice}, or a StringBuilder that only this content uses. */
    private final CharSequence text;

    private ContentString(CharSequence text) {
        this.text = text;
    }

    static ContentString of(CharSequence text) {
        if (text.length() == 1 && text.charAt(0) < ASCII) {
            return ASCII_UNITS[text.charAt(0)];
        }
        return new ContentString(text);
    }

    CharSequence text() {
        return text;
    }

    @Override
    public int ref() {
        return REF;
    }

    @Override
    public long length() {
        return text.length();
    }

    @Override
    public boolean isCountable() {
        return true;
    }

    @Override
    public void write(ByteWriter out, long offset) {
        out.writeVarString(text, (int) offset);
    }

    @Override
    public Object valueAt(long unit) {
        return String.valueOf(text.charAt((int) unit));
    }

    /** Half of a surrogate pair becomes U+FFFD, on both sides, as yjs does on every replica. */
    @Override
    public Content head(long units) {
        int cut = (int) units;
        return cutsPair(cut)
                ? of(TextSlice.of(text, 0, cut - 1) + REPLACEMENT)
                : of(TextSlice.of(text, 0, cut));
    }

    @Override
    public Content tail(long from) {
        int cut = (int) from;
        int length = text.length();
        return cutsPair(cut)
                ? of(REPLACEMENT + TextSlice.of(text, cut + 1, length))
                : of(TextSlice.of(text, cut, length));
    }

    /** Whether a cut before this unit goes through a surrogate pair. */
    boolean cutsPair(int at) {
        return Character.isHighSurrogate(text.charAt(at - 1));
    }

    boolean startsWithReplacement() {
        return text.charAt(0) == REPLACEMENT.charAt(0);
    }

    boolean endsWithReplacement() {
        return text.charAt(text.length() - 1) == REPLACEMENT.charAt(0);
    }

    @Override
    public boolean canJoin(Content next) {
        return next instanceof ContentString;
    }

    @Override
    public Content join(Content next) {
        CharSequence more = ((ContentString) next).text;
        if (text instanceof StringBuilder buffer) {
            buffer.append(more);
            return this;
        }
        if (text.length() + more.length() < BUFFERED_FROM) {
            return new ContentString(text.toString().concat(more.toString()));
        }
        return new ContentString(new StringBuilder(text).append(more));
    }
}
