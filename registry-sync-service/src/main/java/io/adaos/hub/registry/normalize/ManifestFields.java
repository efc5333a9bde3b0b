package io.adaos.hub.registry.normalize;

import io.adaos.hub.contracts.error.FieldProblem;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Typed reads of a manifest that gather every fault instead of stopping at the first.
 *
 * <p>Names are paths ({@code runtime.python}); null is the same as absent; a value of a wrong type
 * is a problem and reads as absent.
 */
final class ManifestFields {

    static final int TEXT_CHARS_MAX = 4_096;
    static final int ITEMS_MAX = 256;
    static final int ITEM_CHARS_MAX = 256;
    static final int WORDS_MAX = 64;
    static final int WORD_CHARS_MAX = 64;
    static final int MEMBERS_MAX = 64;

    private final Map<String, Object> root;
    /** A field that two rules read is reported once. */
    private final Set<FieldProblem> problems = new LinkedHashSet<>();
    private final List<FieldProblem> warnings = new ArrayList<>();

    ManifestFields(Map<String, Object> root) {
        this.root = root;
    }

    List<FieldProblem> problems() {
        return List.copyOf(problems);
    }

    List<FieldProblem> warnings() {
        return warnings;
    }

    void add(FieldProblem problem) {
        problems.add(problem);
    }

    void addWarning(FieldProblem warning) {
        warnings.add(warning);
    }

    void problem(String path, String code, String message, String remedy) {
        problems.add(new FieldProblem(path, code, message, remedy));
    }

    void warn(String path, String code, String message, String remedy) {
        warnings.add(new FieldProblem(path, code, message, remedy));
    }

    /** The field is there and not null. */
    boolean has(String path) {
        return find(path).isPresent();
    }

    /** Trimmed text; blank is absent; numbers are text as they were written. */
    Optional<String> text(String path) {
        return find(path).flatMap(value -> textOf(path, value, TEXT_CHARS_MAX));
    }

    Optional<Boolean> flag(String path) {
        return find(path).flatMap(value -> {
            if (value instanceof Boolean flag) {
                return Optional.of(flag);
            }
            wrongType(path, "true or false", value);
            return Optional.empty();
        });
    }

    Optional<List<Object>> list(String path) {
        return find(path).flatMap(value -> {
            if (value instanceof List<?> list) {
                return Optional.of(new ArrayList<Object>(list));
            }
            wrongType(path, "a list", value);
            return Optional.empty();
        });
    }

    /** Trimmed texts in their order, without blanks and repetitions. */
    List<String> texts(String path) {
        return texts(path, list(path).orElse(List.of()), ITEMS_MAX, ITEM_CHARS_MAX);
    }

    /** Short texts, given as a list or as one text with commas. */
    List<String> words(String path) {
        List<?> words = find(path).orElse(null) instanceof String
                ? List.of(text(path).orElse("").split(",")) : list(path).orElse(List.of());
        return texts(path, words, WORDS_MAX, WORD_CHARS_MAX);
    }

    private List<String> texts(String path, List<?> items, int itemsMax, int charsMax) {
        Set<String> texts = new LinkedHashSet<>();
        if (items.size() > itemsMax) {
            problem(path, "list_too_long", "'" + path + "' has " + items.size()
                    + " items, allowed are " + itemsMax, "Shorten the list");
            return List.of();
        }
        for (int i = 0; i < items.size(); i++) {
            if (items.get(i) != null) {
                textOf(path + '[' + i + ']', items.get(i), charsMax).ifPresent(texts::add);
            }
        }
        return List.copyOf(texts);
    }

    /** A mapping of names to texts, in the order of the file. */
    Map<String, Object> textMap(String path) {
        Map<String, Object> texts = new LinkedHashMap<>();
        for (Map.Entry<?, ?> member : mapping(path).orElse(Map.of()).entrySet()) {
            String name = String.valueOf(member.getKey());
            if (texts.size() == MEMBERS_MAX || name.length() > ITEM_CHARS_MAX) {
                problem(path, "list_too_long", "'" + path + "' has more than " + MEMBERS_MAX
                        + " members, or a name of more than " + ITEM_CHARS_MAX + " characters",
                        "Shorten it");
                return Map.of();
            }
            if (textOf(path, name, ITEM_CHARS_MAX).isPresent() && member.getValue() != null) {
                textOf(path + '.' + name, member.getValue(), ITEM_CHARS_MAX)
                        .ifPresent(text -> texts.put(name, text));
            }
        }
        return texts;
    }

    Optional<Map<?, ?>> mapping(String path) {
        return find(path).flatMap(value -> {
            if (value instanceof Map<?, ?> map) {
                return Optional.<Map<?, ?>>of(map);
            }
            wrongType(path, "a mapping", value);
            return Optional.empty();
        });
    }

    /** The raw value. A parent that is no mapping is reported once, where it is asked for. */
    Optional<Object> find(String path) {
        Object value = root;
        for (String name : path.split("\\.")) {
            value = value instanceof Map<?, ?> map ? map.get(name) : null;
        }
        return Optional.ofNullable(value);
    }

    void wrongType(String path, String wanted, Object value) {
        problem(path, "wrong_type",
                "'" + path + "' must be " + wanted + ", and is " + typeOf(value),
                "Write " + wanted + ", or leave the field out");
    }

    private Optional<String> textOf(String path, Object value, int charsMax) {
        if (!(value instanceof String) && !(value instanceof Number)) {
            wrongType(path, "text", value);
            return Optional.empty();
        }
        String text = value.toString().strip();
        if (text.chars().anyMatch(ManifestFields::isControl)) {
            problem(path, "control_character", "'" + path + "' holds a control character",
                    "Write plain text; line breaks and tabs are allowed");
            return Optional.empty();
        }
        if (text.length() > charsMax) {
            problem(path, "text_too_long", "'" + path + "' has " + text.length()
                    + " characters, allowed are " + charsMax, "Shorten the text");
            return Optional.empty();
        }
        return text.isEmpty() ? Optional.empty() : Optional.of(text);
    }

    private static boolean isControl(int c) {
        return Character.isISOControl(c) && c != '\n' && c != '\r' && c != '\t';
    }

    private static String typeOf(Object value) {
        if (value instanceof Map) {
            return "a mapping";
        }
        if (value instanceof List) {
            return "a list";
        }
        if (value instanceof Boolean) {
            return "true or false";
        }
        return value instanceof Number ? "a number" : "text";
    }
}
