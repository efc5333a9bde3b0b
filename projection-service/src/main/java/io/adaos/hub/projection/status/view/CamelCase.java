package io.adaos.hub.projection.status.view;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Member names as the old summaries have them: {@code last_good_sync_at}, lastGoodSyncAt. */
final class CamelCase {

    private CamelCase() {
    }

    /** The same values under other names; our own payloads are a few levels deep. */
    static Map<String, Object> of(Map<String, Object> members) {
        Map<String, Object> renamed = new LinkedHashMap<>();
        members.forEach((name, value) -> renamed.put(name(name), value(value)));
        return renamed;
    }

    @SuppressWarnings("unchecked")
    private static Object value(Object value) {
        if (value instanceof Map<?, ?> members) {
            return of((Map<String, Object>) members);
        }
        return value instanceof List<?> items
                ? items.stream().map(CamelCase::value).toList() : value;
    }

    private static String name(String snake) {
        StringBuilder camel = new StringBuilder(snake.length());
        boolean upper = false;
        for (char letter : snake.toCharArray()) {
            if (letter == '_') {
                upper = true;
            } else {
                camel.append(upper ? Character.toUpperCase(letter) : letter);
                upper = false;
            }
        }
        return camel.toString();
    }
}
