package io.adaos.hub.projection.crdt;

import io.adaos.hub.projection.crdt.codec.AnyCodec;
import io.adaos.hub.projection.crdt.codec.ByteWriter;
import java.util.List;

/** One or more plain values. */
final class ContentAny implements Content {
    static final int REF = 8;

    /** The value itself, or a {@link ValueRun} of several. */
    private final Object held;

    private ContentAny(Object held) {
        this.held = held;
    }

    static ContentAny ofOne(Object value) {
        return new ContentAny(value);
    }

    /** The array is used, not copied. */
    static ContentAny of(Object[] values) {
        return new ContentAny(values.length == 1 ? values[0] : ValueRun.of(values));
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
        return held instanceof ValueRun run ? run.count() : 1;
    }

    @Override
    public boolean isCountable() {
        return true;
    }

    @Override
    public void write(ByteWriter out, long offset) {
        if (held instanceof ValueRun run) {
            out.writeVarUint(run.count() - offset);
            for (long i = offset; i < run.count(); i++) {
                AnyCodec.write(out, run.get(i));
            }
        } else {
            out.writeVarUint(1);
            AnyCodec.write(out, held);
        }
    }

    @Override
    public Object valueAt(long unit) {
        return held instanceof ValueRun run ? run.get(unit) : held;
    }

    @Override
    public Content head(long units) {
        return part(0, units);
    }

    @Override
    public Content tail(long from) {
        return part(from, length());
    }

    private Content part(long start, long end) {
        ValueRun part = run().part(start, end);
        return new ContentAny(part.count() == 1 ? part.get(0) : part);
    }

    private ValueRun run() {
        return held instanceof ValueRun run ? run : ValueRun.of(new Object[] {held});
    }

    @Override
    public boolean canJoin(Content next) {
        return next instanceof ContentAny;
    }

    @Override
    public Content join(Content next) {
        ContentAny grown = held instanceof ValueRun ? this : new ContentAny(run());
        ((ValueRun) grown.held).append(((ContentAny) next).run());
        return grown;
    }
}
