package io.adaos.hub.projection.crdt;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;

/** Values of all kinds in the form of scripts, some of them at the edges of their kind. */
final class FuzzValues {
    private static final List<Object> NUMBERS = List.of(0L, 1L, -1L, 63L, 64L, 127L, 128L, 300L,
            (1L << 31) - 1, -(1L << 31) + 1, 1L << 31, -(1L << 31), 1L << 32, (1L << 53) - 1,
            -(1L << 53) + 1, 0.5, 0.1, -2.75, 1e300, 5e-324, 16777217.5, 3.4028234663852886e38,
            Map.of("$num", "-0"), Map.of("$num", "NaN"), Map.of("$num", "Infinity"),
            Map.of("$num", "-Infinity"));

    private static final List<String> TEXTS = List.of("a", "bc", "def ghi", "\uD83D\uDE00",
            "x\uD83D\uDE80y", "\u00E4\u00F6\u00FC", "line\nline", "\u0000", "\uFEFFbom",
            "\"quoted\\", "\u2028", "0123456789".repeat(13),
            "e\u0301\uD83D\uDC69\u200D\uD83D\uDC67");

    private static final List<String> HALVES =
            List.of("\uD83D", "\uDE00", "a\uD83Db", "a\uDE00b\uD83D");

    private static final List<String> KEYS = List.of("k", "l", "n", "key", "7", "");

    private static final List<Map<String, Object>> FORMATS = List.of(
            Map.of("b", true), Map.of("b", true), Map.of("i", true), Map.of("color", "red"),
            Map.of("color", "blue"), ordered("b", true, "i", true),
            Map.of("link", Map.of("href", "u")), Map.of("size", 1.5), ordered("b", null),
            ordered("color", null, "b", null), ordered("i", null, "size", 2L), Map.of());

    private static final List<String> BIG = List.of(
            "0", "-1", "9007199254740993", "9223372036854775807", "-9223372036854775808");

    private static final int DEPTH_MAX = 2;

    private final Random random;
    private final boolean halvesAnywhere;

    /** With {@code halvesAnywhere} keys and texts may hold halves of surrogate pairs, too. */
    FuzzValues(Random random, boolean halvesAnywhere) {
        this.random = random;
        this.halvesAnywhere = halvesAnywhere;
    }

    private static Map<String, Object> ordered(Object... pairs) {
        Map<String, Object> map = new LinkedHashMap<>();
        for (int i = 0; i < pairs.length; i += 2) {
            map.put((String) pairs[i], pairs[i + 1]);
        }
        return map;
    }

    private <T> T any(List<T> list) {
        return list.get(random.nextInt(list.size()));
    }

    String key() {
        return halvesAnywhere && random.nextInt(12) == 0 ? any(HALVES) : any(KEYS);
    }

    /** Text that is not empty. */
    String text() {
        return halvesAnywhere && random.nextInt(8) == 0 ? any(HALVES) : any(TEXTS);
    }

    Map<String, Object> format() {
        return any(FORMATS);
    }

    Object embed() {
        return random.nextInt(3) > 0 ? ordered("image", any(TEXTS)) : emptyType();
    }

    /** One value for a map, or a few for a list. */
    List<Object> values() {
        List<Object> values = new ArrayList<>();
        for (int i = random.nextInt(3); i >= 0; i--) {
            values.add(random.nextInt(3) == 0 ? type(0) : plain(0));
        }
        return values;
    }

    private Object plain(int depth) {
        return switch (random.nextInt(depth < DEPTH_MAX ? 12 : 9)) {
            case 0, 1 -> (long) random.nextInt(100);
            case 2 -> any(NUMBERS);
            case 3 -> text();
            case 4 -> random.nextInt(4) == 0 ? any(HALVES) : any(TEXTS);
            case 5 -> random.nextBoolean();
            case 6 -> null;
            case 7 -> random.nextBoolean()
                    ? Map.of("$undefined", true) : Map.of("$bigint", any(BIG));
            case 8 -> bytesOrDocument(depth);
            case 9 -> List.of();
            case 10 -> list(depth);
            default -> object(depth);
        };
    }

    /** Documents stand for themselves only. */
    private Object bytesOrDocument(int depth) {
        if (depth > 0 || random.nextBoolean()) {
            return Map.of("$bytes", random.nextBoolean() ? "" : "AAH/gA==");
        }
        return random.nextBoolean() ? Map.of("$doc", "guid-" + random.nextInt(9))
                : ordered("$doc", "other", "options", ordered("gc", false, "autoLoad", true,
                        "meta", ordered("title", "t")));
    }

    private Object list(int depth) {
        List<Object> list = new ArrayList<>();
        for (int i = random.nextInt(4); i >= 0; i--) {
            list.add(plain(depth + 1));
        }
        return list;
    }

    /** JavaScript puts keys that look like indices first. */
    private Object object(int depth) {
        Map<String, Object> object = new LinkedHashMap<>();
        if (random.nextInt(4) == 0) {
            object.put("3", plain(depth + 1));
            object.put("20", plain(depth + 1));
        }
        for (int i = random.nextInt(3); i >= 0; i--) {
            object.put("z" + random.nextInt(5), plain(depth + 1));
            object.put("a" + random.nextInt(5), plain(depth + 1));
        }
        return object;
    }

    private Object type(int depth) {
        return switch (random.nextInt(6)) {
            case 0 -> ordered("$type", "Map", "init", entries(depth));
            case 1 -> ordered("$type", "Array", "init", elements(depth));
            case 2 -> ordered("$type", "Text", "init", any(TEXTS));
            case 3 -> ordered("$type", "XmlText", "init", any(TEXTS));
            case 4 -> ordered("$type", "XmlHook", "name", "hook", "init", entries(depth));
            default -> ordered("$type", "XmlElement", "name", random.nextBoolean() ? "p" : "UL",
                    "attrs", Map.of("id", any(TEXTS)), "init", xmlElements(depth));
        };
    }

    /** Nothing inside: in a text ours is filled only after the marks behind it. */
    private Object emptyType() {
        return switch (random.nextInt(5)) {
            case 0 -> ordered("$type", "Map", "init", Map.of());
            case 1 -> ordered("$type", "Array", "init", List.of());
            case 2 -> ordered("$type", "Text", "init", "");
            case 3 -> ordered("$type", "XmlText", "init", "");
            default -> ordered("$type", "XmlElement", "name", "p", "attrs", Map.of(),
                    "init", List.of());
        };
    }

    private Map<String, Object> entries(int depth) {
        Map<String, Object> entries = new LinkedHashMap<>();
        for (int i = random.nextInt(3); i > 0; i--) {
            entries.put("e" + i, valueOrType(depth));
        }
        return entries;
    }

    private Object valueOrType(int depth) {
        return depth < DEPTH_MAX && random.nextBoolean() ? type(depth + 1) : plain(DEPTH_MAX);
    }

    private List<Object> elements(int depth) {
        List<Object> elements = new ArrayList<>();
        for (int i = random.nextInt(3); i > 0; i--) {
            Object value = valueOrType(depth);
            boolean refused = value instanceof Map<?, ?> map
                    && (map.containsKey("$undefined") || map.containsKey("$bigint"));
            elements.add(refused ? null : value);
        }
        return elements;
    }

    private List<Object> xmlElements(int depth) {
        List<Object> elements = new ArrayList<>();
        for (int i = depth < DEPTH_MAX ? random.nextInt(3) : 0; i > 0; i--) {
            elements.add(random.nextBoolean()
                    ? ordered("$type", "XmlText", "init", any(TEXTS))
                    : ordered("$type", "XmlElement", "name", "li", "attrs", Map.of(),
                            "init", xmlElements(depth + 1)));
        }
        return elements;
    }
}
