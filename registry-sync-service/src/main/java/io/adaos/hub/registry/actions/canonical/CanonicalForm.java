package io.adaos.hub.registry.actions.canonical;

import io.adaos.hub.registry.actions.canonical.JsonValue.ArrayValue;
import io.adaos.hub.registry.actions.canonical.JsonValue.ObjectValue;
import io.adaos.hub.registry.actions.canonical.JsonValue.TextValue;
import io.adaos.hub.registry.actions.canonical.JsonValue.TokenValue;
import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Iterator;
import java.util.Map;

/**
 * The bytes of a JSON value that are hashed and signed: {@code ar-c14n-1}.
 *
 * <p>UTF-8 without blanks; members by the code points of their names; texts as they are, but
 * {@code "}, {@code \} and U+0000 to U+001F escaped, in the short form where there is one; whole
 * numbers in full, others as the shortest decimal that reads back. Not RFC 8785, which orders by
 * UTF-16 units and writes {@code 1.0} as {@code 1}.
 */
public final class CanonicalForm {

    private static final char[] HEX = "0123456789abcdef".toCharArray();
    private static final String ESCAPED = "\b\t\n\f\r\"\\";
    private static final String SHORT_FORMS = "btnfr\"\\";

    private final StringBuilder out = new StringBuilder();
    private final Deque<Container> open = new ArrayDeque<>();

    private CanonicalForm() {
    }

    /** The canonical bytes. */
    public static byte[] of(JsonValue value) {
        return text(value).getBytes(StandardCharsets.UTF_8);
    }

    /** The canonical text; its UTF-8 are the canonical bytes. */
    public static String text(JsonValue value) {
        CanonicalForm form = new CanonicalForm();
        form.write(value);
        return form.out.toString();
    }

    /** An object or array of which a part is written. */
    private static final class Container {
        private final Iterator<Map.Entry<String, JsonValue>> members;   // null for an array
        private final Iterator<JsonValue> items;                        // null for an object
        private boolean isStarted;

        Container(ObjectValue object) {
            members = object.members().entrySet().iterator();
            items = null;
        }

        Container(ArrayValue array) {
            members = null;
            items = array.items().iterator();
        }

        boolean hasNext() {
            return members == null ? items.hasNext() : members.hasNext();
        }
    }

    private void write(JsonValue root) {
        begin(root);
        while (!open.isEmpty()) {
            Container top = open.peek();
            if (top.hasNext()) {
                next(top);
            } else {
                out.append(top.members == null ? ']' : '}');
                open.pop();
            }
        }
    }

    private void next(Container container) {
        if (container.isStarted) {
            out.append(',');
        }
        container.isStarted = true;
        if (container.members == null) {
            begin(container.items.next());
            return;
        }
        Map.Entry<String, JsonValue> member = container.members.next();
        quote(member.getKey());
        out.append(':');
        begin(member.getValue());
    }

    private void begin(JsonValue value) {
        if (value instanceof ObjectValue object) {
            out.append('{');
            open.push(new Container(object));
        } else if (value instanceof ArrayValue array) {
            out.append('[');
            open.push(new Container(array));
        } else if (value instanceof TextValue text) {
            quote(text.text());
        } else if (value instanceof TokenValue token) {
            out.append(token.token());
        } else {
            throw new AssertionError("no such JSON value: " + value);
        }
    }

    private void quote(String text) {
        out.append('"');
        for (int i = 0; i < text.length(); i++) {
            char unit = text.charAt(i);
            int known = ESCAPED.indexOf(unit);
            if (known >= 0) {
                out.append('\\').append(SHORT_FORMS.charAt(known));
            } else if (unit < ' ') {
                out.append("\\u00").append(HEX[unit >> 4]).append(HEX[unit & 15]);
            } else {
                out.append(unit);
            }
        }
        out.append('"');
    }
}
