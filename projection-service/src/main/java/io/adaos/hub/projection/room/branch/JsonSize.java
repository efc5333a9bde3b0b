package io.adaos.hub.projection.room.branch;

import io.adaos.hub.projection.crdt.codec.AnyValue;
import java.util.List;
import java.util.Map;

/** How many bytes a plain value takes as JSON text in UTF-8, without writing that text. */
public final class JsonSize {

    private static final int ESCAPED = 6;

    private JsonSize() {
    }

    /** Bytes of a value; what JSON has no form for counts as what JavaScript writes instead. */
    public static long of(Object value) {
        if (value instanceof String text) {
            return ofText(text);
        }
        if (value == null || value == AnyValue.UNDEFINED) {
            return 4;
        }
        if (value instanceof byte[] bytes) {
            return bytes.length;
        }
        if (value instanceof List<?> list) {
            long sum = 2 + Math.max(0, list.size() - 1);
            for (Object element : list) {
                sum += of(element);
            }
            return sum;
        }
        if (value instanceof Map<?, ?> map) {
            long sum = 2 + Math.max(0, map.size() - 1);
            for (Map.Entry<?, ?> member : map.entrySet()) {
                sum += ofText((String) member.getKey()) + 1 + of(member.getValue());
            }
            return sum;
        }
        return value.toString().length();
    }

    private static long ofText(String text) {
        long sum = 2;
        for (int i = 0; i < text.length(); i++) {
            sum += ofUnit(text.charAt(i));
        }
        return sum;
    }

    /** Half of a surrogate pair is half of four bytes. */
    private static int ofUnit(char unit) {
        if (unit == '"' || unit == '\\') {
            return 2;
        }
        if (unit < 0x20) {
            return unit == '\n' || unit == '\t' || unit == '\r' || unit == '\b' || unit == '\f'
                    ? 2 : ESCAPED;
        }
        if (unit < 0x80) {
            return 1;
        }
        return unit < 0x800 || Character.isSurrogate(unit) ? 2 : 3;
    }
}
