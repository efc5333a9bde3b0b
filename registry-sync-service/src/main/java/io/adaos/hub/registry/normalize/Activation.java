package io.adaos.hub.registry.normalize;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;

/** When a skill is started, as the entry shows {@code runtime.activation}. */
final class Activation {

    private static final String PATH = "runtime.activation";
    private static final Set<String> MODES = Set.of("eager", "lazy", "on_demand");
    private static final Set<String> SCOPES = Set.of("active", "any", "listed");

    private Activation() {
    }

    /** Empty when the manifest says nothing about activation. */
    static Map<String, Object> of(ManifestFields fields) {
        if (fields.mapping(PATH).isEmpty()) {
            return Map.of();
        }
        Map<String, Object> activation = new LinkedHashMap<>();
        activation.put("mode", mode(fields));
        Map<String, Object> when = when(fields);
        if (!when.isEmpty()) {
            activation.put("when", when);
        }
        for (String name : List.of("startup_allowed", "background_refresh")) {
            fields.flag(PATH + '.' + name).ifPresent(flag -> activation.put(name, flag));
        }
        return activation;
    }

    private static String mode(ManifestFields fields) {
        String mode = fields.text(PATH + ".mode").orElse("eager").toLowerCase(Locale.ROOT);
        if (MODES.contains(mode)) {
            return mode;
        }
        fields.warn(PATH + ".mode", "activation_mode_unknown",
                "'" + mode + "' is no activation mode and is shown as 'eager'",
                "Use eager, lazy or on_demand");
        return "eager";
    }

    private static Map<String, Object> when(ManifestFields fields) {
        String path = PATH + ".when";
        Map<String, Object> when = new LinkedHashMap<>();
        if (fields.mapping(path).isEmpty()) {
            return when;
        }
        for (String name : List.of("scenarios_active", "webspaces")) {
            List<String> names = fields.texts(path + '.' + name);
            if (!names.isEmpty()) {
                when.put(name, names);
            }
        }
        fields.flag(path + ".client_presence")
                .ifPresent(flag -> when.put("client_presence", flag));
        fields.text(path + ".webspace_scope").ifPresent(scope -> {
            if (SCOPES.contains(scope)) {
                when.put("webspace_scope", scope);
            } else {
                fields.warn(path + ".webspace_scope", "webspace_scope_unknown",
                        "'" + scope + "' is no webspace scope and is left out",
                        "Use active, any or listed");
            }
        });
        return when;
    }
}
