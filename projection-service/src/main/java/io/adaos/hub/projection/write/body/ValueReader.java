package io.adaos.hub.projection.write.body;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import io.adaos.hub.contracts.rules.RuleBudget;
import io.adaos.hub.projection.room.branch.JsonSize;
import java.io.IOException;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Reads one JSON value and measures it on the way. What is above the highest budget a rule can have
 * is not kept, so that a body never costs more memory than the largest value that can be written.
 */
final class ValueReader {

    /** A member by this name would change what an object is in a browser. */
    private static final String PROTOTYPE = "__proto__";
    private static final RuleBudget CEILING = RuleBudget.CEILING;
    private static final int INTEGER_BITS = 53;

    /** A list or object that is being read; one of both is null. */
    private static final class Open {
        private final List<Object> list;
        private final Map<String, Object> map;
        private String key = "";
        private long count;

        private Open(List<Object> list, Map<String, Object> map) {
            this.list = list;
            this.map = map;
        }
    }

    private final JsonParser parser;
    private final Deque<Open> open = new ArrayDeque<>();
    private Object result;
    private String fault = "";
    private boolean kept = true;
    private long bytes;
    private long items;
    private int depth;
    private long stringBytes;

    private ValueReader(JsonParser parser) {
        this.parser = parser;
    }

    /** Reads the value at which the parser stands, to its end. */
    static BodyValue read(JsonParser parser) throws IOException {
        ValueReader reader = new ValueReader(parser);
        do {
            reader.take(parser.currentToken());
        } while (!reader.open.isEmpty() && parser.nextToken() != null);
        ValueSize size = new ValueSize(
                reader.bytes, reader.items, reader.depth, reader.stringBytes);
        if (!reader.fault.isEmpty()) {
            return new BodyValue.Invalid(reader.fault);
        }
        return reader.kept
                ? new BodyValue.Plain(reader.result, size) : new BodyValue.Oversized(size);
    }

    private void take(JsonToken token) throws IOException {
        if (token == JsonToken.FIELD_NAME) {
            key(parser.currentName());
        } else if (token.isStructStart()) {
            start(token == JsonToken.START_ARRAY);
        } else if (token.isStructEnd()) {
            open.pop();
        } else {
            scalar(token);
        }
    }

    private void key(String name) {
        Open inside = open.peek();
        inside.key = name;
        bytes += 1;
        text(name);
        if (name.equals(PROTOTYPE)) {
            fault("a member must not be named '" + PROTOTYPE + "'");
        } else if (inside.map.containsKey(name)) {
            fault("the member '" + shortened(name) + "' is there twice");
        }
    }

    private void start(boolean isList) {
        Open child = isList ? new Open(new ArrayList<>(), null)
                : new Open(null, new LinkedHashMap<>());
        bytes += 2;
        add(isList ? child.list : child.map);
        open.push(child);
        depth = Math.max(depth, open.size());
        keepWithin(depth <= CEILING.maxDepth());
    }

    private void scalar(JsonToken token) throws IOException {
        Object value = null;
        if (token == JsonToken.VALUE_STRING) {
            value = parser.getText();
            text((String) value);
        } else {
            if (token == JsonToken.VALUE_NUMBER_INT) {
                value = integer(parser.getBigIntegerValue());
            } else if (token == JsonToken.VALUE_NUMBER_FLOAT) {
                value = real(parser.getDoubleValue());
            } else if (token != JsonToken.VALUE_NULL) {
                value = token == JsonToken.VALUE_TRUE;
            }
            bytes += JsonSize.of(value);
        }
        add(value);
    }

    private void text(String text) {
        long size = JsonSize.of(text);
        bytes += size;
        stringBytes = Math.max(stringBytes, size - 2);
        keepWithin(stringBytes <= CEILING.maxStringBytes());
    }

    /** Puts a value where it belongs. */
    private void add(Object value) {
        Open inside = open.peek();
        if (inside == null) {
            result = value;
            return;
        }
        bytes += inside.count++ == 0 ? 0 : 1;
        if (inside.list != null) {
            items = Math.max(items, inside.count);
        }
        keepWithin(items <= CEILING.maxItems() && bytes <= CEILING.maxBytes());
        if (!kept) {
            return;
        }
        if (inside.list != null) {
            inside.list.add(value);
        } else {
            inside.map.put(inside.key, value);
        }
    }

    /** From the first excess on nothing is kept any more, only measured. */
    private void keepWithin(boolean fits) {
        if (!fits && kept) {
            kept = false;
            result = null;
        }
    }

    /** JavaScript has one kind of number: an integer it cannot hold exactly would be changed. */
    private Object integer(BigInteger number) {
        if (number.bitLength() <= INTEGER_BITS) {
            long small = number.longValue();
            if (Math.abs(small) < 1L << INTEGER_BITS) {
                return small;
            }
        }
        double real = number.doubleValue();
        if (Double.isInfinite(real) || !new BigDecimal(real).toBigInteger().equals(number)) {
            fault("the number " + shortened(number.toString())
                    + " is not exact in JavaScript; send it as text");
        }
        return real;
    }

    private Object real(double number) {
        if (!Double.isFinite(number)) {
            fault("a number is too large");
        }
        return number;
    }

    private void fault(String detail) {
        if (fault.isEmpty()) {
            fault = detail;
        }
        keepWithin(false);
    }

    private static String shortened(String text) {
        return text.length() <= 40 ? text : text.substring(0, 40) + "…";
    }
}
