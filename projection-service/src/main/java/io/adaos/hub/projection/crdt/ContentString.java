package io.adaos.hub.projection.crdt;

import io.adaos.hub.projection.crdt.codec.ByteWriter;
import java.nio.charset.StandardCharsets;

/** A run of text; one unit is one UTF-16 code unit. */
final class ContentString implements Content {
    static final int REF = 4;

    private static final String REPLACEMENT = "\uFFFD";
    private static final int ASCII = 128;

    /** Joined texts longer than this are kept in a buffer that can grow. */
    private static final int BUFFERED_FROM = 32;

    /** Longer texts do not gain enough to be copied. */
    private static final int COMPACT_MAX = 256;

    private static final ContentString[] ASCII_UNITS = new ContentString[ASCII];

    static {
        for (char unit = 0; unit < ASCII; unit++) {
            ASCII_UNITS[unit] = new ContentString(new byte[] {(byte) unit});
        }
    }

    /**
     * A byte[] of a short ASCII text, which spares the two objects of a String; else a String, a
     * {@link TextSlice}, or a StringBuilder that only this content uses.
     */
    private final Object text;

    private ContentString(Object text) {
        this.text = text;
    }

    static ContentString of(CharSequence text) {
        if (text.length() == 1 && text.charAt(0) < ASCII) {
            return ASCII_UNITS[text.charAt(0)];
        }
        return new ContentString(isCompact(text)
                ? text.toString().getBytes(StandardCharsets.ISO_8859_1) : text);
    }

    private static boolean isCompact(CharSequence text) {
        boolean compact = text.length() <= COMPACT_MAX;
        for (int i = 0; compact && i < text.length(); i++) {
            compact = text.charAt(i) < ASCII;
        }
        return compact;
    }

    CharSequence text() {
        return text instanceof byte[] ascii
                ? new String(ascii, StandardCharsets.ISO_8859_1) : (CharSequence) text;
    }

    private char charAt(int at) {
        return text instanceof byte[] ascii ? (char) ascii[at] : ((CharSequence) text).charAt(at);
    }

    @Override
    public int ref() {
        return REF;
    }

    @Override
    public long length() {
        return text instanceof byte[] ascii ? ascii.length : ((CharSequence) text).length();
    }

    @Override
    public boolean isCountable() {
        return true;
    }

    @Override
    public void write(ByteWriter out, long offset) {
        if (text instanceof byte[] ascii) {
            out.writeVarBytes(ascii, (int) offset);
        } else {
            out.writeVarString((CharSequence) text, (int) offset);
        }
    }

    @Override
    public Object valueAt(long unit) {
        return String.valueOf(charAt((int) unit));
    }

    /** Half of a surrogate pair becomes U+FFFD, on both sides, as yjs does on every replica. */
    @Override
    public Content head(long units) {
        int cut = (int) units;
        return cutsPair(cut)
                ? of(TextSlice.of(text(), 0, cut - 1) + REPLACEMENT)
                : of(TextSlice.of(text(), 0, cut));
    }

    @Override
    public Content tail(long from) {
        int cut = (int) from;
        int length = (int) length();
        return cutsPair(cut)
                ? of(REPLACEMENT + TextSlice.of(text(), cut + 1, length))
                : of(TextSlice.of(text(), cut, length));
    }

    /** Whether a cut before this unit goes through a surrogate pair. */
    boolean cutsPair(int at) {
        return Character.isHighSurrogate(charAt(at - 1));
    }

    boolean startsWithReplacement() {
        return charAt(0) == REPLACEMENT.charAt(0);
    }

    boolean endsWithReplacement() {
        return charAt((int) length() - 1) == REPLACEMENT.charAt(0);
    }

    @Override
    public boolean canJoin(Content next) {
        return next instanceof ContentString;
    }

    @Override
    public Content join(Content next) {
        CharSequence more = ((ContentString) next).text();
        if (text instanceof StringBuilder buffer) {
            buffer.append(more);
            return this;
        }
        if (length() + more.length() < BUFFERED_FROM) {
            return of(text().toString().concat(more.toString()));
        }
        return new ContentString(new StringBuilder(text()).append(more));
    }
}
