package io.adaos.hub.projection.crdt;

/** A long part of a longer text that is not copied, so that cutting a text often stays cheap. */
final class TextSlice implements CharSequence {
    /** Shorter parts are copied. */
    private static final int LENGTH_MIN = 1024;

    /** A part that is a smaller share of its text is copied, so that the text can go. */
    private static final int SHARE_MIN = 8;

    private final String whole;
    private final int from;
    private final int to;

    private TextSlice(String whole, int from, int to) {
        this.whole = whole;
        this.from = from;
        this.to = to;
    }

    /** The units [from, to) of a text. */
    static CharSequence of(CharSequence text, int from, int to) {
        if (text instanceof TextSlice slice) {
            return part(slice.whole, slice.from + from, slice.from + to);
        }
        return part(text.toString(), from, to);
    }

    private static CharSequence part(String whole, int from, int to) {
        int length = to - from;
        boolean copied = length < LENGTH_MIN || length < whole.length() / SHARE_MIN;
        return copied ? whole.substring(from, to) : new TextSlice(whole, from, to);
    }

    @Override
    public int length() {
        return to - from;
    }

    @Override
    public char charAt(int index) {
        return whole.charAt(from + index);
    }

    @Override
    public CharSequence subSequence(int start, int end) {
        return of(this, start, end);
    }

    @Override
    public String toString() {
        return whole.substring(from, to);
    }
}
