package io.adaos.hub.projection.write.body;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonLocation;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.exc.StreamConstraintsException;
import io.adaos.hub.contracts.error.FieldProblem;
import io.adaos.hub.contracts.error.HubErrorCode;
import io.adaos.hub.contracts.error.HubException;
import io.adaos.hub.contracts.id.NodeId;
import io.adaos.hub.contracts.id.OwnerId;
import io.adaos.hub.contracts.rules.ProjectionRule;
import io.adaos.hub.runtime.http.HubJson;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.regex.Pattern;

/**
 * Reads bodies of writes strictly: every member is known, there once, and of its type. A fault of
 * the body refuses all of it; a fault inside a value is that write's own.
 */
public final class BodyReader {

    /** Writes in one batch; as many as may wait for one throttled owner. */
    public static final int WRITES_MAX = 256;

    private static final Pattern CORRELATION_ID = Pattern.compile("[A-Za-z0-9._:-]{1,64}");
    private static final Pattern USER_ID = Pattern.compile("[^\\p{Cntrl}]{1,128}");
    private static final JsonFactory JSON = HubJson.mapper().getFactory();
    private static final String WRITES = "writes";
    private static final String VALUE = "value";
    private static final String FORCE = "force";
    private static final String SLOT = "slot";
    private static final Set<String> TEXTS =
            Set.of("scope", "node_id", "user_id", "owner", "correlation_id");

    private final JsonParser parser;

    private BodyReader(JsonParser parser) {
        this.parser = parser;
    }

    /**
     * The body of a single write.
     *
     * @throws HubException {@code body_invalid}
     */
    public static WriteBody one(byte[] body) {
        return reading(body, reader -> reader.write("", false));
    }

    /**
     * The body of a batch, with at least one write.
     *
     * @throws HubException {@code body_invalid}
     */
    public static List<WriteBody> batch(byte[] body) {
        return reading(body, BodyReader::writes);
    }

    /**
     * A value that is the whole body.
     *
     * @throws HubException {@code body_invalid}
     */
    public static BodyValue value(byte[] body) {
        return reading(body, reader -> ValueReader.read(reader.parser));
    }

    private interface Reading<T> {
        T read(BodyReader reader) throws IOException;
    }

    private static <T> T reading(byte[] body, Reading<T> reading) {
        try (JsonParser parser = JSON.createParser(body)) {
            if (parser.nextToken() == null) {
                throw invalid("", "missing", "The request has no body");
            }
            T read = reading.read(new BodyReader(parser));
            if (parser.nextToken() != null) {
                throw invalid("", "malformed", "Something follows the end of the JSON");
            }
            return read;
        } catch (StreamConstraintsException e) {
            throw new HubException(HubErrorCode.VALUE_INVALID,
                    "A number, a text or the nesting of the JSON is longer than can be read");
        } catch (IOException e) {
            throw invalid("", "malformed", "The body is not JSON" + place(e));
        }
    }

    /** Where it ends being JSON; bytes that are no UTF-8 have no such place. */
    private static String place(IOException failure) {
        JsonLocation at = failure instanceof JsonProcessingException json
                ? json.getLocation() : null;
        return at == null
                ? " in UTF-8" : " at line " + at.getLineNr() + ", column " + at.getColumnNr();
    }

    private List<WriteBody> writes() throws IOException {
        expect(JsonToken.START_OBJECT, "", "an object");
        List<WriteBody> writes = new ArrayList<>();
        boolean seen = false;
        while (parser.nextToken() != JsonToken.END_OBJECT) {
            String name = parser.currentName();
            if (!name.equals(WRITES) || seen) {
                throw unexpected("", name, seen);
            }
            seen = true;
            parser.nextToken();
            expect(JsonToken.START_ARRAY, "/writes", "a list");
            while (parser.nextToken() != JsonToken.END_ARRAY) {
                if (writes.size() == WRITES_MAX) {
                    throw invalid("/writes", "too_many",
                            "A batch holds at most " + WRITES_MAX + " writes");
                }
                writes.add(write("/writes/" + writes.size(), true));
            }
        }
        if (writes.isEmpty()) {
            throw invalid("/writes", "missing", "A batch holds at least one write");
        }
        return writes;
    }

    private WriteBody write(String at, boolean inBatch) throws IOException {
        expect(JsonToken.START_OBJECT, at, "an object");
        Map<String, String> texts = new HashMap<>();
        Set<String> seen = new HashSet<>();
        Optional<BodyValue> value = Optional.empty();
        boolean force = false;
        while (parser.nextToken() != JsonToken.END_OBJECT) {
            String name = parser.currentName();
            boolean isText = TEXTS.contains(name) || inBatch && name.equals(SLOT);
            if (!isText && !name.equals(VALUE) && !name.equals(FORCE) || !seen.add(name)) {
                throw unexpected(at, name, seen.contains(name));
            }
            JsonToken token = parser.nextToken();
            if (name.equals(VALUE)) {
                value = Optional.of(ValueReader.read(parser));
            } else if (name.equals(FORCE)) {
                force = flag(token, at);
            } else if (token == JsonToken.VALUE_STRING) {
                texts.put(name, parser.getText());
            } else if (token != JsonToken.VALUE_NULL) {
                throw invalid(at + '/' + name, "malformed", "'" + name + "' is a text");
            }
        }
        if (inBatch && !texts.containsKey(SLOT)) {
            throw invalid(at + "/slot", "missing", "'slot' says what is written");
        }
        String scope = checked(texts, "scope", at, ProjectionRule.SCOPE)
                .orElse(ProjectionRule.SUBNET);
        return new WriteBody(checked(texts, SLOT, at, ProjectionRule.SLOT), scope,
                value.orElseThrow(() -> invalid(at + "/value", "missing",
                        "'value' is missing; to write JSON's null, send it")),
                made(texts, "node_id", at, NodeId::new), checked(texts, "user_id", at, USER_ID),
                made(texts, "owner", at, OwnerId::new), force,
                checked(texts, "correlation_id", at, CORRELATION_ID));
    }

    private static boolean flag(JsonToken token, String at) {
        if (!token.isBoolean()) {
            throw invalid(at + "/force", "malformed", "'force' is true or false");
        }
        return token == JsonToken.VALUE_TRUE;
    }

    private static Optional<String> checked(
            Map<String, String> texts, String name, String at, Pattern legal) {
        return made(texts, name, at, text -> {
            if (!legal.matcher(text).matches()) {
                throw new IllegalArgumentException("'" + name + "' must match " + legal);
            }
            return text;
        });
    }

    private static <T> Optional<T> made(
            Map<String, String> texts, String name, String at, Function<String, T> maker) {
        try {
            return Optional.ofNullable(texts.get(name)).map(maker);
        } catch (IllegalArgumentException e) {
            throw invalid(at + '/' + name, "malformed", e.getMessage());
        }
    }

    private void expect(JsonToken wanted, String at, String what) {
        if (parser.currentToken() != wanted) {
            throw invalid(at, "malformed", "This must be " + what);
        }
    }

    private static HubException unexpected(String at, String name, boolean isTwice) {
        String shown = name.length() <= 64 ? name : name.substring(0, 64) + "…";
        return isTwice
                ? invalid(at + '/' + shown, "duplicate", "'" + shown + "' is there twice")
                : invalid(at + '/' + shown, "unknown", "'" + shown + "' is no member of a write");
    }

    private static HubException invalid(String at, String code, String message) {
        return new HubException(HubErrorCode.BODY_INVALID, message, List.of(new FieldProblem(
                at, code, message, "Send the documented members, each once")));
    }
}
