package io.adaos.hub.projection.write.body;

import java.util.List;
import java.util.Map;

/** A 64 bit hash of a plain value, equal for equal values; it tells repeats, and proves nothing. */
public final class Fingerprint {

    private static final long PRIME = 0x9E3779B97F4A7C15L;

    private Fingerprint() {
    }

    /** The hash; 0 for a scalar. */
    public static long of(Object value) {
        if (!(value instanceof List || value instanceof Map)) {
            return 0;
        }
        long hash = hash(value);
        return hash == 0 ? 1 : hash;
    }

    /** The order of members does not count. Values were measured: they nest 64 levels at most. */
    private static long hash(Object value) {
        if (value instanceof List<?> list) {
            long sum = list.size();
            for (Object element : list) {
                sum = mixed(sum * 31 + hash(element));
            }
            return sum;
        }
        if (value instanceof Map<?, ?> map) {
            long sum = ~map.size();
            for (Map.Entry<?, ?> member : map.entrySet()) {
                sum += mixed(text((String) member.getKey()) ^ mixed(hash(member.getValue())));
            }
            return mixed(sum);
        }
        return value instanceof String text ? text(text) : mixed(value == null ? 7
                : value.hashCode());
    }

    private static long text(String text) {
        long sum = text.length();
        for (int i = 0; i < text.length(); i++) {
            sum = sum * PRIME + text.charAt(i);
        }
        return mixed(sum);
    }

    private static long mixed(long value) {
        long half = (value ^ value >>> 32) * PRIME;
        return half ^ half >>> 29;
    }
}
