package io.adaos.hub.contracts.rules;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/**
 * A place in a document: a root and at least one segment below it.
 *
 * <p>Text form: segments joined by {@code /}; inside a segment {@code ~1} stands for {@code /} and
 * {@code ~0} for {@code ~}, as in JSON Pointer (RFC 6901); dots mean nothing; an old prefix
 * {@code y:} is dropped. 2 to 16 segments of 1 to 128 characters. {@code {user_id}} stands for the
 * user of the write.
 *
 * @param segments unescaped
 */
public record ProjectionPath(List<String> segments) {

    /** Every document has these and no others. */
    public static final Set<String> ROOTS = Set.of("ui", "data", "registry", "runtime", "devices");

    /** Replaced by the user of the write. */
    public static final String USER_ID = "{user_id}";

    private static final String OLD_PREFIX = "y:";
    private static final int TEXT_CHARS_MAX = 1_024;
    private static final int SEGMENTS_MAX = 16;
    private static final int SEGMENT_CHARS_MAX = 128;

    /** A key by this name would change what an object is in a browser. */
    private static final String PROTOTYPE = "__proto__";

    /** Refuses what is no path, with a message that says why. */
    public ProjectionPath {
        segments = List.copyOf(segments);
        if (segments.size() < 2) {
            throw new IllegalArgumentException(
                    "a path has a root and at least one segment below it");
        }
        if (segments.size() > SEGMENTS_MAX) {
            throw new IllegalArgumentException("a path has at most " + SEGMENTS_MAX + " segments");
        }
        if (!ROOTS.contains(segments.get(0))) {
            throw new IllegalArgumentException("'" + segments.get(0) + "' is no root; roots are "
                    + "ui, data, registry, runtime and devices");
        }
        segments.forEach(ProjectionPath::check);
    }

    /**
     * Reads the text form.
     *
     * @throws IllegalArgumentException with the reason
     */
    public static ProjectionPath parse(String text) {
        if (text.length() > TEXT_CHARS_MAX) {
            throw new IllegalArgumentException(
                    "a path has at most " + TEXT_CHARS_MAX + " characters");
        }
        String plain = text.startsWith(OLD_PREFIX) ? text.substring(OLD_PREFIX.length()) : text;
        List<String> segments = new ArrayList<>();
        for (String part : plain.split("/", -1)) {
            segments.add(unescaped(part));
        }
        return new ProjectionPath(segments);
    }

    /** The text form. */
    public String text() {
        StringBuilder text = new StringBuilder();
        for (String segment : segments) {
            text.append(text.length() == 0 ? "" : "/")
                    .append(segment.replace("~", "~0").replace("/", "~1"));
        }
        return text.toString();
    }

    /** Whether a value at one path can lie at or below a value at the other, for some user. */
    public boolean mayTouch(ProjectionPath other) {
        int shared = Math.min(segments.size(), other.segments.size());
        for (int i = 0; i < shared; i++) {
            if (!mayEqual(segments.get(i), other.segments.get(i))) {
                return false;
            }
        }
        return true;
    }

    @Override
    public String toString() {
        return text();
    }

    private static void check(String segment) {
        if (segment.isBlank()) {
            throw new IllegalArgumentException("a segment is empty");
        }
        if (segment.length() > SEGMENT_CHARS_MAX) {
            throw new IllegalArgumentException(
                    "a segment has at most " + SEGMENT_CHARS_MAX + " characters");
        }
        if (segment.chars().anyMatch(Character::isISOControl)
                || segment.chars().anyMatch(c -> Character.isSurrogate((char) c))
                && !isWellFormed(segment)) {
            throw new IllegalArgumentException("a segment holds a character that is no text");
        }
        if (segment.equals(PROTOTYPE)) {
            throw new IllegalArgumentException("'" + PROTOTYPE + "' cannot be a key");
        }
    }

    private static boolean isWellFormed(String segment) {
        return segment.codePoints().noneMatch(c ->
                c >= Character.MIN_SURROGATE && c <= Character.MAX_SURROGATE);
    }

    private static String unescaped(String part) {
        for (int i = part.indexOf('~'); i >= 0; i = part.indexOf('~', i + 1)) {
            char next = i + 1 < part.length() ? part.charAt(i + 1) : ' ';
            if (next != '0' && next != '1') {
                throw new IllegalArgumentException("'~' is written as '~0', and '/' as '~1'");
            }
        }
        return part.replace("~1", "/").replace("~0", "~");
    }

    /** A segment with the placeholder equals whatever begins and ends like it. */
    private static boolean mayEqual(String left, String right) {
        if (!left.contains(USER_ID) && !right.contains(USER_ID)) {
            return left.equals(right);
        }
        String leftStart = before(left);
        String rightStart = before(right);
        String leftEnd = after(left);
        String rightEnd = after(right);
        return (leftStart.startsWith(rightStart) || rightStart.startsWith(leftStart))
                && (leftEnd.endsWith(rightEnd) || rightEnd.endsWith(leftEnd));
    }

    private static String before(String segment) {
        int at = segment.indexOf(USER_ID);
        return at < 0 ? segment : segment.substring(0, at);
    }

    private static String after(String segment) {
        int at = segment.lastIndexOf(USER_ID);
        return at < 0 ? segment : segment.substring(at + USER_ID.length());
    }
}
