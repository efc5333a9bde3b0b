package io.adaos.hub.projection.crdt;

import io.adaos.hub.projection.crdt.codec.AnyCodec;
import io.adaos.hub.projection.crdt.codec.ByteWriter;
import java.util.List;

/** One or more plain values. */
abstract sealed class ContentAny implements Content {
    static final int REF = 8;

    /** One value, or a {@link ValueRun} of several. */
    private static final class Held extends ContentAny {
        private final Object held;

        Held(Object held) {
            this.held = held;
        }

        @Override
        Object held() {
            return held;
        }
    }

    /** One small whole number, the most frequent value by far, without an object of its own. */
    private static final class Whole extends ContentAny {
        private final int number;

        Whole(int number) {
            this.number = number;
        }

        @Override
        Object held() {
            return (long) number;
        }
    }

    /** The value itself, or a {@link ValueRun} of several. */
    abstract Object held();

    static ContentAny ofOne(Object value) {
        return value instanceof Long number && number.intValue() == number
                ? new Whole(number.intValue()) : new Held(value);
    }

    /** The array is used, not copied. */
    static ContentAny of(Object[] values) {
        return values.length == 1 ? ofOne(values[0]) : new Held(ValueRun.of(values));
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
        return held() instanceof ValueRun run ? run.count() : 1;
    }

    @Override
    public boolean isCountable() {
        return true;
    }

    @Override
    public void write(ByteWriter out, long offset) {
        if (held() instanceof ValueRun run) {
            out.writeVarUint(run.count() - offset);
            for (long i = offset; i < run.count(); i++) {
                AnyCodec.write(out, run.get(i));
            }
        } else {
            out.writeVarUint(1);
            AnyCodec.write(out, held());
        }
    }

    @Override
    public Object valueAt(long unit) {
        Object held = held();
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
        return part.count() == 1 ? ofOne(part.get(0)) : new Held(part);
    }

    private ValueRun run() {
        Object held = held();
        return held instanceof ValueRun run ? run : ValueRun.of(new Object[] {held});
    }

    @Override
    public boolean canJoin(Content next) {
        return next instanceof ContentAny;
    }

    @Override
    public Content join(Content next) {
        ValueRun more = ((ContentAny) next).run();
        if (held() instanceof ValueRun run) {
            run.append(more);
            return this;
        }
        ValueRun grown = run();
        grown.append(more);
        return new Held(grown);
    }
}
