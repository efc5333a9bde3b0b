package io.adaos.hub.registry.actions.canonical;

import java.util.List;

/** Writes where something is in a JSON text, as RFC 6901 does, safe to be sent back. */
final class JsonPointer {

    private static final int CHARS_MAX = 500;

    private JsonPointer() {
    }

    /** The pointer through these names and indexes; null is a member whose name is not known. */
    static String of(List<String> steps) {
        StringBuilder pointer = new StringBuilder();
        for (String step : steps) {
            if (step != null) {
                pointer.append('/').append(step.replace("~", "~0").replace("/", "~1"));
            }
            if (pointer.length() > CHARS_MAX) {
                pointer.setLength(CHARS_MAX);
                pointer.append('…');
                break;
            }
        }
        return repaired(pointer.toString());
    }

    /** Where half of a surrogate pair stands alone, or -1. */
    static int firstLoneSurrogate(String text) {
        for (int i = 0; i < text.length(); i++) {
            char unit = text.charAt(i);
            if (!Character.isSurrogate(unit)) {
                continue;
            }
            boolean isPair = Character.isHighSurrogate(unit) && i + 1 < text.length()
                    && Character.isLowSurrogate(text.charAt(i + 1));
            if (!isPair) {
                return i;
            }
            i++;
        }
        return -1;
    }

    private static String repaired(String text) {
        String repaired = text;
        for (int i = firstLoneSurrogate(repaired); i >= 0; i = firstLoneSurrogate(repaired)) {
            repaired = repaired.substring(0, i) + '\ufffd' + repaired.substring(i + 1);
        }
        return repaired;
    }
}
