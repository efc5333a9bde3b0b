package io.adaos.hub.projection.crdt;

import io.adaos.hub.projection.crdt.codec.AnyCodec;
import io.adaos.hub.projection.crdt.codec.ByteWriter;
import java.util.Arrays;
import java.util.List;

/** One or more plain values. */
final class ContentAny implements Content {
    static final int REF = 8;

    /** The value itself, or a {@link Run} of several. */
    private final Object held;

    private ContentAny(Object held) {
        this.held = held;
    }

    /** Several values in an array with room to grow. */
    private static final class Run {
        private Object[] values;
        private int count;

        Run(Object[] values) {
            this.values = values;
            this.count = values.length;
        }

        void append(Object[] more, int moreCount) {
            if (count + moreCount > values.length) {
                values = Arrays.copyOf(values, Math.max(count + moreCount, 2 * count));
            }
            System.arraycopy(more, 0, values, count, moreCount);
            count += moreCount;
        }
    }

    static ContentAny ofOne(Object value) {
        return new ContentAny(value);
    }

    /** The array is used, not copied. */
    static ContentAny of(Object[] values) {
        return new ContentAny(values.length == 1 ? values[0] : new Run(values));
    }

    static ContentAny of(List<?> values) {
        return of(values.toArray());
    }

    @Override
    public int ref() {
        return REF;
    }

    @Override
    public long length() {
        return held instanceof Run run ? run.count : 1;
    }

    @Override
    public boolean isCountable() {
        return true;
    }

    @Override
    public void write(ByteWriter out, long offset) {
        if (held instanceof Run run) {
            out.writeVarUint(run.count - offset);
            for (int i = (int) offset; i < run.count; i++) {
                AnyCodec.write(out, run.values[i]);
            }
        } else {
            out.writeVarUint(1);
            AnyCodec.write(out, held);
        }
    }

    @Override
    public Object valueAt(long unit) {
        return held instanceof Run run ? run.values[(int) unit] : held;
    }

    @Override
    public Content head(long units) {
        return of(Arrays.copyOf(values(), (int) units));
    }

    @Override
    public Content tail(long from) {
        return of(Arrays.copyOfRange(values(), (int) from, (int) length()));
    }

    private Object[] values() {
        return held instanceof Run run ? run.values : new Object[] {held};
    }

    @Override
    public boolean canJoin(Content next) {
        return next instanceof ContentAny;
    }

    @Override
    public Content join(Content next) {
        ContentAny more = (ContentAny) next;
        ContentAny grown = held instanceof Run ? this : new ContentAny(new Run(values()));
        ((Run) grown.held).append(more.values(), (int) more.length());
        return grown;
    }
}
