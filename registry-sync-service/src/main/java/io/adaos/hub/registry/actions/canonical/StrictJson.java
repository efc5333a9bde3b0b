package io.adaos.hub.registry.actions.canonical;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonFactoryBuilder;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.StreamReadConstraints;
import io.adaos.hub.registry.actions.canonical.JsonValue.ArrayValue;
import io.adaos.hub.registry.actions.canonical.JsonValue.ObjectValue;
import io.adaos.hub.registry.actions.canonical.JsonValue.TextValue;
import io.adaos.hub.registry.actions.canonical.JsonValue.TokenValue;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.CodingErrorAction;
import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * Reads JSON that is to be signed, where two readers must never see two things: UTF-8 without
 * faults, no name twice, no lone surrogate, no number a double cannot hold, all within limits.
 */
public final class StrictJson {

    /** Our own limits are narrower, and say where. */
    private static final JsonFactory TOKENS = new JsonFactoryBuilder()
            .streamReadConstraints(StreamReadConstraints.builder()
                    .maxNestingDepth(Integer.MAX_VALUE)
                    .maxNumberLength(Integer.MAX_VALUE)
                    .maxStringLength(Integer.MAX_VALUE)
                    .maxNameLength(Integer.MAX_VALUE)
                    .build())
            .disable(JsonFactory.Feature.CANONICALIZE_FIELD_NAMES)
            .build();

    private final JsonParser tokens;
    private final JsonLimits limits;
    private final Deque<Frame> open = new ArrayDeque<>();
    private int values;

    private StrictJson(JsonParser tokens, JsonLimits limits) {
        this.tokens = tokens;
        this.limits = limits;
    }

    /**
     * The value of a whole text.
     *
     * @param utf8 bounded by the caller; memory taken is proportional to its length
     */
    public static JsonValue read(byte[] utf8, JsonLimits limits) throws MalformedJsonException {
        try (JsonParser tokens = TOKENS.createParser(decoded(utf8))) {
            StrictJson reader = new StrictJson(tokens, limits);
            try {
                return reader.read();
            } catch (JsonProcessingException e) {
                reader.reachMember();
                throw reader.malformed("json_malformed", e.getOriginalMessage()
                        + " at line " + e.getLocation().getLineNr()
                        + ", column " + e.getLocation().getColumnNr());
            }
        } catch (IOException e) {
            throw new UncheckedIOException("a text in memory is read", e);
        }
    }

    /** An object or array of which a part is read. */
    private static final class Frame {
        private final SortedMap<String, JsonValue> members;     // null for an array
        private final List<JsonValue> items;                    // null for an object
        private String name;                                    // null for an array

        Frame(boolean isObject) {
            members = isObject ? new TreeMap<>(CodePointOrder.COMPARATOR) : null;
            items = isObject ? null : new ArrayList<>();
        }

        void add(JsonValue value) {
            if (members == null) {
                items.add(value);
            } else {
                members.put(name, value);
            }
        }

        JsonValue value() {
            return members == null ? new ArrayValue(items) : new ObjectValue(members);
        }

        String step() {
            return members == null ? String.valueOf(items.size()) : name;
        }
    }

    private JsonValue read() throws IOException, MalformedJsonException {
        JsonValue read = null;
        while (read == null) {
            JsonToken token = tokens.nextToken();
            if (token == null) {
                throw malformed("json_malformed", "the text ends too early");
            }
            JsonValue value = next(token);
            if (value != null && open.isEmpty()) {
                read = value;
            } else if (value != null) {
                open.peek().add(value);
            }
        }
        if (tokens.nextToken() != null) {
            throw malformed("json_malformed", "something follows after the value");
        }
        return read;
    }

    /** A value that is whole with this token, else null. */
    private JsonValue next(JsonToken token) throws IOException, MalformedJsonException {
        if (token == JsonToken.FIELD_NAME) {
            name(tokens.currentName());
            return null;
        }
        if (token.isStructEnd()) {
            return open.pop().value();
        }
        if (++values > limits.valuesMax()) {
            throw malformed("too_many_values",
                    "there are more than " + limits.valuesMax() + " values");
        }
        if (token.isStructStart()) {
            begin(token == JsonToken.START_OBJECT);
            return null;
        }
        if (token == JsonToken.VALUE_STRING) {
            return new TextValue(wellFormed(tokens.getText()));
        }
        return new TokenValue(token.isNumeric() ? number(token) : token.asString());
    }

    private void begin(boolean isObject) throws MalformedJsonException {
        if (open.size() >= limits.depthMax()) {
            throw malformed("too_deep",
                    "more than " + limits.depthMax() + " objects and arrays in each other");
        }
        open.push(new Frame(isObject));
    }

    private void name(String name) throws MalformedJsonException {
        Frame object = open.peek();
        object.name = name;
        if (name.length() > limits.nameCharsMax()) {
            throw malformed("name_too_long", "the member's name has more than "
                    + limits.nameCharsMax() + " characters");
        }
        wellFormed(name);
        if (object.members.containsKey(name)) {
            throw malformed("name_duplicate", "the member is there twice");
        }
    }

    /** A member's name is handed out only after the begin of its value was looked at. */
    private void reachMember() throws IOException {
        Frame top = open.peek();
        if (top != null && top.members != null) {
            top.name = tokens.currentName();
        }
    }

    private String wellFormed(String text) throws MalformedJsonException {
        if (JsonPointer.firstLoneSurrogate(text) >= 0) {
            throw malformed("surrogate_lone", "half of a surrogate pair stands alone");
        }
        return text;
    }

    private String number(JsonToken token) throws IOException, MalformedJsonException {
        String text = tokens.getText();
        if (text.length() > limits.numberCharsMax()) {
            throw malformed("number_too_long",
                    "the number has more than " + limits.numberCharsMax() + " characters");
        }
        if (token == JsonToken.VALUE_NUMBER_INT) {
            return text.equals("-0") ? "0" : text;
        }
        double value = Double.parseDouble(text);
        if (Double.isInfinite(value)) {
            throw malformed("number_not_finite", "the number is larger than a double can be");
        }
        return ShortestDecimal.of(value);
    }

    private MalformedJsonException malformed(String code, String message) {
        List<String> steps = new ArrayList<>();
        open.descendingIterator().forEachRemaining(frame -> steps.add(frame.step()));
        return new MalformedJsonException(JsonPointer.of(steps), code, message);
    }

    private static char[] decoded(byte[] utf8) throws MalformedJsonException {
        try {
            java.nio.CharBuffer text = StandardCharsets.UTF_8.newDecoder()
                    .onMalformedInput(CodingErrorAction.REPORT)
                    .onUnmappableCharacter(CodingErrorAction.REPORT)
                    .decode(ByteBuffer.wrap(utf8));
            char[] units = new char[text.remaining()];
            text.get(units);
            return units;
        } catch (CharacterCodingException e) {
            throw new MalformedJsonException("", "utf8_malformed", "the bytes are not UTF-8");
        }
    }
}
