package io.adaos.hub.contracts.rules;

import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Typed reads of one mapping of a manifest; null is the same as absent, and a value of a wrong type
 * is a problem and reads as absent.
 */
final class ManifestNode {

    private static final int TEXT_CHARS_MAX = 1_024;
    private static final int ITEMS_MAX = 256;

    private final String path;
    private final Map<?, ?> members;
    private final RuleFindings findings;

    /** @param path of the mapping in its manifest; empty for the root */
    ManifestNode(String path, Map<?, ?> members, RuleFindings findings) {
        this.path = path;
        this.members = members;
        this.findings = findings;
    }

    RuleFindings findings() {
        return findings;
    }

    /** {@code data_projections[2].slot}, as the problems name it. */
    String pathOf(String name) {
        return path.isEmpty() || name.isEmpty() ? path + name : path + '.' + name;
    }

    boolean has(String name) {
        return members.get(name) != null;
    }

    void problem(String name, String code, String message, String remedy) {
        findings.problem(pathOf(name), code, message, remedy);
    }

    void warn(String name, String code, String message, String remedy) {
        findings.warn(pathOf(name), code, message, remedy);
    }

    /** Trimmed; blank is absent. */
    Optional<String> text(String name) {
        return textOf(pathOf(name), members.get(name));
    }

    Optional<Boolean> flag(String name) {
        Object value = members.get(name);
        if (value == null || value instanceof Boolean) {
            return Optional.ofNullable((Boolean) value);
        }
        wrongType(pathOf(name), "true or false");
        return Optional.empty();
    }

    Optional<Double> number(String name) {
        Object value = members.get(name);
        if (value == null) {
            return Optional.empty();
        }
        if (value instanceof Number number && number.doubleValue() >= 0
                && Double.isFinite(number.doubleValue())) {
            return Optional.of(number.doubleValue());
        }
        wrongType(pathOf(name), "a number from 0 on");
        return Optional.empty();
    }

    /** A whole number from {@code least} to {@code most}. */
    Optional<Integer> integer(String name, int least, int most) {
        Object value = members.get(name);
        if (value == null) {
            return Optional.empty();
        }
        Optional<BigDecimal> whole = value instanceof Number number
                ? whole(number) : Optional.empty();
        if (whole.isEmpty() || whole.get().compareTo(BigDecimal.valueOf(least)) < 0) {
            wrongType(pathOf(name), "a whole number from " + least + " on");
            return Optional.empty();
        }
        if (whole.get().compareTo(BigDecimal.valueOf(most)) > 0) {
            findings.problem(pathOf(name), "budget_too_large",
                    "'" + pathOf(name) + "' is " + value + ", allowed are " + most,
                    "Write less into the document, and give the rest as details or a stream");
            return Optional.empty();
        }
        return Optional.of(whole.get().intValue());
    }

    Optional<ManifestNode> node(String name) {
        return nodeOf(pathOf(name), members.get(name));
    }

    /** The mappings of a list; items that are none are problems. */
    List<ManifestNode> nodes(String name) {
        List<ManifestNode> nodes = new ArrayList<>();
        List<?> items = list(name);
        for (int i = 0; i < items.size(); i++) {
            String place = pathOf(name) + '[' + i + ']';
            if (items.get(i) == null) {
                wrongType(place, "a mapping");
            }
            nodeOf(place, items.get(i)).ifPresent(nodes::add);
        }
        return nodes;
    }

    /** The texts of a list; items that are none are problems. */
    List<String> texts(String name) {
        List<String> texts = new ArrayList<>();
        List<?> items = list(name);
        for (int i = 0; i < items.size(); i++) {
            textOf(pathOf(name) + '[' + i + ']', items.get(i)).ifPresent(texts::add);
        }
        return texts;
    }

    private List<?> list(String name) {
        Object value = members.get(name);
        if (value == null) {
            return List.of();
        }
        if (!(value instanceof List<?> items)) {
            wrongType(pathOf(name), "a list");
            return List.of();
        }
        if (items.size() > ITEMS_MAX) {
            findings.problem(pathOf(name), "list_too_long", "'" + pathOf(name) + "' has "
                    + items.size() + " items, allowed are " + ITEMS_MAX, "Shorten the list");
            return List.of();
        }
        return items;
    }

    private Optional<ManifestNode> nodeOf(String place, Object value) {
        if (value == null) {
            return Optional.empty();
        }
        if (value instanceof Map<?, ?> map) {
            return Optional.of(new ManifestNode(place, map, findings));
        }
        wrongType(place, "a mapping");
        return Optional.empty();
    }

    private Optional<String> textOf(String place, Object value) {
        if (value == null) {
            return Optional.empty();
        }
        if (!(value instanceof String text)) {
            wrongType(place, "text");
            return Optional.empty();
        }
        if (text.length() > TEXT_CHARS_MAX) {
            findings.problem(place, "text_too_long", "'" + place + "' has " + text.length()
                    + " characters, allowed are " + TEXT_CHARS_MAX, "Shorten the text");
            return Optional.empty();
        }
        return text.isBlank() ? Optional.empty() : Optional.of(text.strip());
    }

    private void wrongType(String place, String wanted) {
        findings.problem(place, "wrong_type", "'" + place + "' must be " + wanted,
                "Write " + wanted + ", or leave it out");
    }

    /** Numbers come from YAML and from JSON, in whatever type their reader chose. */
    private static Optional<BigDecimal> whole(Number number) {
        if (!Double.isFinite(number.doubleValue())) {
            return Optional.empty();
        }
        BigDecimal value = new BigDecimal(number.toString());
        return value.stripTrailingZeros().scale() <= 0 ? Optional.of(value) : Optional.empty();
    }
}
