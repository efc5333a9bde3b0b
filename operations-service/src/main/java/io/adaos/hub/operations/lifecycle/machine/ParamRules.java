package io.adaos.hub.operations.lifecycle.machine;

import io.adaos.hub.contracts.error.FieldProblem;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** The parameters that a kind of operation knows; none is required. */
public record ParamRules(Map<String, Type> types) {

    /** A kind without parameters. */
    public static final ParamRules NONE = new ParamRules(Map.of());

    private static final int SHOWN_CHARS_MAX = 100;

    public ParamRules {
        types = Map.copyOf(types);
    }

    /** What a value must be. */
    public enum Type {
        ANY("any JSON value"),
        FLAG("true or false");

        private final String words;

        Type(String words) {
            this.words = words;
        }

        boolean takes(Object value) {
            return switch (this) {
                case ANY -> true;
                case FLAG -> value instanceof Boolean;
            };
        }
    }

    /** One parameter. */
    public record Param(String name, Type type) {
    }

    /** True or false. */
    public static Param flag(String name) {
        return new Param(name, Type.FLAG);
    }

    /** These parameters. */
    public static ParamRules of(Param... params) {
        Map<String, Type> types = new LinkedHashMap<>();
        for (Param param : params) {
            types.put(param.name(), param.type());
        }
        return new ParamRules(types);
    }

    /** Parameters whose values the kind judges itself. */
    public static ParamRules named(Set<String> names) {
        Map<String, Type> types = new LinkedHashMap<>();
        names.forEach(name -> types.put(name, Type.ANY));
        return new ParamRules(types);
    }

    /** Everything that is wrong, by its path in the request. */
    public List<FieldProblem> problems(Map<String, Object> params) {
        List<FieldProblem> problems = new ArrayList<>();
        params.forEach((name, value) -> {
            Type type = types.get(name);
            String path = "/params/" + shown(name);
            if (type == null) {
                problems.add(new FieldProblem(path, "unknown",
                        "There is no parameter '" + shown(name) + "'",
                        types.isEmpty() ? "Leave params out"
                                : "Use only " + String.join(", ", types.keySet())));
            } else if (!type.takes(value)) {
                problems.add(new FieldProblem(path, "wrong_type",
                        shown(name) + " is '" + shown(String.valueOf(value)) + "'",
                        "Use " + type.words));
            }
        });
        return problems;
    }

    private static String shown(String text) {
        return text.length() <= SHOWN_CHARS_MAX
                ? text : text.substring(0, SHOWN_CHARS_MAX) + '…';
    }
}
