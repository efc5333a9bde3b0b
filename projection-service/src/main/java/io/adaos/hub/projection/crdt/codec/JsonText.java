package io.adaos.hub.projection.crdt.codec;

import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Strict JSON text to plain values (numbers, texts, lists and maps as {@link AnyValue} says). */
public final class JsonText {
    private final String text;
    private int at;

    private JsonText(String text) {
        this.text = text;
    }

    /** The value of a JSON text, or an exception that says what is wrong and where. */
    public static Object parse(String text, int depthMax) throws JsonSyntaxException {
        JsonText parser = new JsonText(text);
        parser.skipBlanks();
        Object value = parser.value(depthMax);
        parser.skipBlanks();
        if (parser.at < text.length()) {
            throw parser.wrong("more text behind the value");
        }
        return value;
    }

    /** The value of a text that was parsed before. */
    public static Object parseChecked(String text) {
        try {
            return parse(text, Integer.MAX_VALUE);
        } catch (JsonSyntaxException e) {
            throw new AssertionError(e);
        }
    }

    /** The text is not JSON. */
    public static final class JsonSyntaxException extends Exception {
        private static final long serialVersionUID = 1L;

        JsonSyntaxException(String what) {
            super(what);
        }
    }

    private Object value(int depthLeft) throws JsonSyntaxException {
        if (at == text.length()) {
            throw wrong("value expected");
        }
        return switch (text.charAt(at)) {
            case '{' -> object(depthLeft);
            case '[' -> array(depthLeft);
            case '"' -> string();
            case 't' -> word("true", Boolean.TRUE);
            case 'f' -> word("false", Boolean.FALSE);
            case 'n' -> word("null", null);
            default -> number();
        };
    }

    private Map<String, Object> object(int depthLeft) throws JsonSyntaxException {
        enter(depthLeft);
        Map<String, Object> object = new LinkedHashMap<>();
        if (!tryTake('}')) {
            do {
                skipBlanks();
                String key = string();
                skipBlanks();
                take(':');
                skipBlanks();
                object.put(key, value(depthLeft - 1));
                skipBlanks();
            } while (tryTake(','));
            take('}');
        }
        return Collections.unmodifiableMap(object);
    }

    private List<Object> array(int depthLeft) throws JsonSyntaxException {
        enter(depthLeft);
        List<Object> array = new ArrayList<>();
        if (!tryTake(']')) {
            do {
                skipBlanks();
                array.add(value(depthLeft - 1));
                skipBlanks();
            } while (tryTake(','));
            take(']');
        }
        return Collections.unmodifiableList(array);
    }

    private void enter(int depthLeft) throws JsonSyntaxException {
        if (depthLeft == 0) {
            throw wrong("nested too deeply");
        }
        at++;
        skipBlanks();
    }

    private String string() throws JsonSyntaxException {
        take('"');
        int start = at;
        while (at < text.length()) {
            char unit = text.charAt(at);
            if (unit == '"') {
                return text.substring(start, at++);
            }
            if (unit == '\\' || unit < ' ') {
                return escapedString(start);
            }
            at++;
        }
        throw wrong("string without end");
    }

    private String escapedString(int start) throws JsonSyntaxException {
        StringBuilder value = new StringBuilder(text.substring(start, at));
        while (at < text.length()) {
            char unit = text.charAt(at++);
            if (unit == '"') {
                return value.toString();
            }
            if (unit < ' ') {
                throw wrong("control character in a string");
            }
            value.append(unit == '\\' ? escape() : unit);
        }
        throw wrong("string without end");
    }

    private char escape() throws JsonSyntaxException {
        if (at == text.length()) {
            throw wrong("string without end");
        }
        char kind = text.charAt(at++);
        return switch (kind) {
            case '"', '\\', '/' -> kind;
            case 'b' -> '\b';
            case 'f' -> '\f';
            case 'n' -> '\n';
            case 'r' -> '\r';
            case 't' -> '\t';
            case 'u' -> unicodeEscape();
            default -> throw wrong("unknown escape");
        };
    }

    private char unicodeEscape() throws JsonSyntaxException {
        if (at + 4 > text.length()) {
            throw wrong("string without end");
        }
        int unit = 0;
        for (int i = 0; i < 4; i++) {
            char digit = text.charAt(at++);
            int value = digit < 128 ? Character.digit(digit, 16) : -1;
            if (value < 0) {
                throw wrong("four hex digits expected");
            }
            unit = unit << 4 | value;
        }
        return (char) unit;
    }

    private Object word(String word, Object value) throws JsonSyntaxException {
        if (!text.startsWith(word, at)) {
            throw wrong("value expected");
        }
        at += word.length();
        return value;
    }

    private Number number() throws JsonSyntaxException {
        int start = at;
        tryTake('-');
        if (!tryTake('0')) {
            digits();
        }
        if (tryTake('.')) {
            digits();
        }
        if (tryTake('e') || tryTake('E')) {
            if (!tryTake('+')) {
                tryTake('-');
            }
            digits();
        }
        return AnyValue.numberOf(Double.parseDouble(text.substring(start, at)));
    }

    private void digits() throws JsonSyntaxException {
        int start = at;
        while (at < text.length() && text.charAt(at) >= '0' && text.charAt(at) <= '9') {
            at++;
        }
        if (at == start) {
            throw wrong("value expected");
        }
    }

    private void skipBlanks() {
        while (at < text.length() && " \t\r\n".indexOf(text.charAt(at)) >= 0) {
            at++;
        }
    }

    private boolean tryTake(char expected) {
        if (at < text.length() && text.charAt(at) == expected) {
            at++;
            return true;
        }
        return false;
    }

    private void take(char expected) throws JsonSyntaxException {
        if (!tryTake(expected)) {
            throw wrong("'" + expected + "' expected");
        }
    }

    private JsonSyntaxException wrong(String what) {
        return new JsonSyntaxException(what + " at " + at);
    }
}
