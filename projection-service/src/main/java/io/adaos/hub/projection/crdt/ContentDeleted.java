package io.adaos.hub.projection.crdt;

import io.adaos.hub.projection.crdt.codec.ByteWriter;

/** Content that was collected; only its length is left. */
final class ContentDeleted implements Content {
    static final int REF = 1;

    /** Short ones are shared: text that was typed and deleted leaves many of them. */
    private static final ContentDeleted[] SHORT = new ContentDeleted[128];

    static {
        for (int length = 0; length < SHORT.length; length++) {
            SHORT[length] = new ContentDeleted(length);
        }
    }

    private final long length;

    private ContentDeleted(long length) {
        this.length = length;
    }

    static ContentDeleted of(long length) {
        return length < SHORT.length ? SHORT[(int) length] : new ContentDeleted(length);
    }

    @Override
    public int ref() {
        return REF;
    }

    @Override
    public long length() {
        return length;
    }

    @Override
    public boolean isCountable() {
        return false;
    }

    @Override
    public void write(ByteWriter out, long offset) {
        out.writeVarUint(length - offset);
    }

    @Override
    public Object valueAt(long unit) {
        return null;
    }

    @Override
    public Content head(long units) {
        return of(units);
    }

    @Override
    public Content tail(long from) {
        return of(length - from);
    }

    @Override
    public boolean canJoin(Content next) {
        return next instanceof ContentDeleted;
    }

    @Override
    public Content join(Content next) {
        return of(length + next.length());
    }
}
