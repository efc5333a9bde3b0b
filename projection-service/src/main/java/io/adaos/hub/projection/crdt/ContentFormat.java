package io.adaos.hub.projection.crdt;

import io.adaos.hub.projection.crdt.codec.AnyValue;
import io.adaos.hub.projection.crdt.codec.ByteWriter;
import io.adaos.hub.projection.crdt.codec.JsonText;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** A mark in a text: from here on an attribute has this value; JSON null ends it. */
final class ContentFormat implements Content {
    static final int REF = 6;

    /** Stands for a value that was not asked for yet. */
    private static final Object UNREAD = new Object();

    private final String key;
    private final String json;
    private Object value = UNREAD;

    /** The value was checked to be JSON. */
    ContentFormat(String key, String json) {
        this.key = key;
        this.json = json;
    }

    /** A mark that ends an attribute. */
    static ContentFormat end(String key) {
        return new ContentFormat(key, "null");
    }

    String key() {
        return key;
    }

    /** The attribute's value, null where the attribute ends; the same object every time. */
    Object value() {
        if (value == UNREAD) {
            value = JsonText.parseChecked(json);
        }
        return value;
    }

    private static Object valueOf(ContentFormat mark) {
        return mark == null ? null : mark.value();
    }

    /** Whether two marks say the same as JavaScript's {@code ===} sees it; null = the end. */
    static boolean isSame(ContentFormat one, ContentFormat other) {
        return isIdentical(valueOf(one), valueOf(other));
    }

    /** Whether two marks say the same; objects are compared one level deep; null = the end. */
    static boolean isEqual(ContentFormat one, ContentFormat other) {
        Object a = valueOf(one);
        Object b = valueOf(other);
        if (isIdentical(a, b)) {
            return true;
        }
        if (!isObject(a) || !isObject(b)) {
            return false;
        }
        Map<String, Object> members = membersOf(a);
        Map<String, Object> others = membersOf(b);
        return members.keySet().equals(others.keySet()) && members.entrySet().stream()
                .allMatch(member -> isIdentical(member.getValue(), others.get(member.getKey())));
    }

    /** Objects are identical to themselves only, all other values to equal ones. */
    private static boolean isIdentical(Object a, Object b) {
        return a == b || a != null && !isObject(a) && a.equals(b);
    }

    private static boolean isObject(Object value) {
        return value instanceof Map || value instanceof List;
    }

    private static Map<String, Object> membersOf(Object object) {
        Map<String, Object> members = new HashMap<>();
        if (object instanceof List<?> list) {
            list.forEach(element -> members.put(Integer.toString(members.size()), element));
        } else {
            ((Map<?, ?>) object).forEach((key, value) -> members.put((String) key, value));
        }
        return members;
    }

    @Override
    public int ref() {
        return REF;
    }

    @Override
    public long length() {
        return 1;
    }

    @Override
    public boolean isCountable() {
        return false;
    }

    @Override
    public void write(ByteWriter out, long offset) {
        out.writeVarString(key);
        out.writeVarString(json);
    }

    @Override
    public Object valueAt(long unit) {
        return AnyValue.UNDEFINED;
    }
}
