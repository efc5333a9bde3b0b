package io.adaos.hub.projection.card.claim;

import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectReader;
import io.adaos.hub.contracts.error.FieldProblem;
import io.adaos.hub.contracts.error.HubErrorCode;
import io.adaos.hub.contracts.error.HubException;
import io.adaos.hub.contracts.id.OwnerId;
import io.adaos.hub.contracts.id.WebspaceId;
import io.adaos.hub.runtime.http.HubJson;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.regex.Pattern;

/**
 * Reads the body of a claim strictly: every member is known and of its type, nothing is a list, and
 * nothing nests but {@code metadata}. All faults are told at once.
 */
public final class ClaimReader {

    /** What the id of a card may look like. */
    public static final Pattern ID = Pattern.compile("[A-Za-z0-9][A-Za-z0-9_.:@-]{0,127}");

    /** Cards by these names are computed. */
    public static final String CORE = "core:";

    private static final Pattern WORD = Pattern.compile("[A-Za-z0-9][A-Za-z0-9_.:@/-]{0,127}");
    private static final Pattern KEY = Pattern.compile("[A-Za-z][A-Za-z0-9_.-]{0,63}");
    private static final long TTL_MILLIS_MIN = 1_000;
    private static final long TTL_MILLIS_MAX = 86_400_000;
    private static final long TTL_MILLIS = 60_000;
    private static final int METADATA_MAX = 16;
    private static final int TEXT_CHARS_MAX = 512;
    private static final int PROBLEMS_MAX = 32;
    private static final String METADATA = "metadata";
    private static final Set<String> MEMBERS = Set.of("webspace_id", "kind", "scope", "status",
            "severity", "summary", "ttl_ms", "incident_id", "details_ref", "route", METADATA);
    private static final ObjectReader JSON = HubJson.mapper().reader()
            .with(StreamReadFeature.STRICT_DUPLICATE_DETECTION);

    /** A claim, and for how long it counts. */
    public record Claimed(CardClaim claim, long ttlMillis) {
    }

    private final JsonNode body;
    private final List<FieldProblem> problems = new ArrayList<>();

    private ClaimReader(JsonNode body) {
        this.body = body;
    }

    /**
     * The claim of an owner.
     *
     * @throws HubException {@code body_invalid} with every fault
     */
    public static Claimed read(String id, OwnerId owner, byte[] body) {
        ClaimReader reader = new ClaimReader(tree(body));
        Claimed claimed = reader.claim(id, owner);
        if (!reader.problems.isEmpty()) {
            throw new HubException(HubErrorCode.BODY_INVALID, "The body is no card",
                    reader.problems);
        }
        return claimed;
    }

    private static JsonNode tree(byte[] body) {
        try {
            JsonNode tree = JSON.readTree(body);
            if (!tree.isObject()) {
                throw new HubException(HubErrorCode.BODY_INVALID, "The body is no JSON object");
            }
            return tree;
        } catch (IOException e) {
            throw new HubException(HubErrorCode.BODY_INVALID,
                    "The body is not JSON, or has a member twice");
        }
    }

    private Claimed claim(String id, OwnerId owner) {
        body.fieldNames().forEachRemaining(name -> {
            if (!MEMBERS.contains(name)) {
                fault(name, "unknown", "a card has no member '" + shortened(name) + "'",
                        "Put rows, inventories, logs and diagnostics into a slot, a stream or"
                                + " details, and refer to it");
            }
        });
        WebspaceId webspace = made("webspace_id", WebspaceId::of).orElse(null);
        CardStatus status = made("status", text -> among(CardStatus.values(), text)).orElse(null);
        CardSeverity severity = made("severity", text -> among(CardSeverity.values(), text))
                .orElse(CardSeverity.UNKNOWN);
        if (webspace == null) {
            missing("webspace_id");
        }
        if (status == null) {
            missing("status");
        }
        return new Claimed(new CardClaim(id, owner, webspace,
                made("kind", ClaimReader::word).orElse("skill"),
                made("scope", ClaimReader::word).orElse("webspace"), status, severity,
                made("summary", ClaimReader::line).orElse(""),
                made("incident_id", ClaimReader::word).orElse(null),
                made("details_ref", ClaimReader::details).orElse(null),
                made("route", CardReference::parse).orElse(null), metadata()), ttl());
    }

    /** Made of a text; empty where the member is missing, null or faulty. */
    private <T> Optional<T> made(String name, Function<String, T> maker) {
        JsonNode node = body.path(name);
        if (node.isMissingNode() || node.isNull()) {
            return Optional.empty();
        }
        try {
            if (!node.isTextual()) {
                throw new IllegalArgumentException("'" + name + "' is a text");
            }
            return Optional.of(maker.apply(node.textValue()));
        } catch (IllegalArgumentException e) {
            fault(name, "malformed", e.getMessage(), "Send the documented form");
            return Optional.empty();
        }
    }

    private long ttl() {
        JsonNode node = body.path("ttl_ms");
        if (node.isMissingNode() || node.isNull()) {
            return TTL_MILLIS;
        }
        if (!node.canConvertToLong() || !node.isIntegralNumber()
                || node.longValue() < TTL_MILLIS_MIN || node.longValue() > TTL_MILLIS_MAX) {
            fault("ttl_ms", "out_of_range", "ttl_ms is no whole number of milliseconds from "
                    + TTL_MILLIS_MIN + " to " + TTL_MILLIS_MAX, "Send one, or leave it out");
        }
        return node.longValue();
    }

    private SortedMap<String, Object> metadata() {
        SortedMap<String, Object> metadata = new TreeMap<>();
        JsonNode node = body.path(METADATA);
        if (node.isMissingNode() || node.isNull()) {
            return metadata;
        }
        if (!node.isObject() || node.size() > METADATA_MAX) {
            fault(METADATA, "malformed",
                    "metadata is an object of at most " + METADATA_MAX + " members",
                    "Refer to what is larger");
            return metadata;
        }
        for (Map.Entry<String, JsonNode> member : node.properties()) {
            try {
                metadata.put(key(member.getKey()), scalar(member.getValue()));
            } catch (IllegalArgumentException e) {
                fault(METADATA + '/' + shortened(member.getKey()), "malformed", e.getMessage(),
                        "Send a short text, a number or a boolean");
            }
        }
        return metadata;
    }

    private static String key(String name) {
        if (!KEY.matcher(name).matches()) {
            throw new IllegalArgumentException("a name matches " + KEY);
        }
        return name;
    }

    private static Object scalar(JsonNode value) {
        if (value.isTextual()) {
            return line(value.textValue());
        }
        if (value.isBoolean()) {
            return value.booleanValue();
        }
        if (value.isIntegralNumber() && value.canConvertToLong()) {
            return value.longValue();
        }
        if (value.isNumber() && Double.isFinite(value.doubleValue())) {
            return value.doubleValue();
        }
        throw new IllegalArgumentException("metadata holds texts, numbers and booleans only");
    }

    /** One line of text; several would be a log. */
    private static String line(String text) {
        if (text.length() > TEXT_CHARS_MAX) {
            throw new IllegalArgumentException(
                    "a text has at most " + TEXT_CHARS_MAX + " characters");
        }
        if (text.codePoints().anyMatch(c -> Character.isISOControl(c)
                || c >= Character.MIN_SURROGATE && c <= Character.MAX_SURROGATE)) {
            throw new IllegalArgumentException(
                    "a text is one line, without control characters and halves of characters");
        }
        return text;
    }

    private static String word(String text) {
        if (!WORD.matcher(text).matches()) {
            throw new IllegalArgumentException("this matches " + WORD);
        }
        return text;
    }

    private static <E extends Enum<E>> E among(E[] words, String text) {
        for (E word : words) {
            if (word.name().toLowerCase(Locale.ROOT).equals(text)) {
                return word;
            }
        }
        throw new IllegalArgumentException(
                "this is one of " + Arrays.toString(words).toLowerCase(Locale.ROOT));
    }

    private static CardReference details(String text) {
        CardReference reference = CardReference.parse(text);
        if (!reference.route().equals(CardReference.DETAILS)) {
            throw new IllegalArgumentException("details_ref is details:<slot>");
        }
        return reference;
    }

    private void missing(String name) {
        if (problems.stream().noneMatch(problem -> problem.path().equals('/' + name))) {
            fault(name, "missing", "'" + name + "' is missing", "Send it");
        }
    }

    private void fault(String name, String code, String message, String remedy) {
        if (problems.size() < PROBLEMS_MAX) {
            problems.add(new FieldProblem('/' + shortened(name), code, message, remedy));
        }
    }

    private static String shortened(String text) {
        return text.length() <= 64 ? text : text.substring(0, 64) + "…";
    }
}
