package io.adaos.hub.cli.check;

/**
 * Something in a skill that the hub does for it, or that keeps it from being checked.
 *
 * @param file path in the skill
 * @param line from 1; 0 when it is about the whole file
 * @param code stable word, such as {@code executor_bridge}
 * @param what with the place in the line or in the manifest
 * @param remedy what to do
 */
record Finding(String file, int line, String code, String what, String remedy) {

    private static final int CHARS_MAX = 400;

    Finding {
        file = shown(file);
        what = shown(what);
        remedy = shown(remedy);
    }

    /** {@code handlers/main.py:12: executor_bridge: …}. */
    String text() {
        return file + (line > 0 ? ":" + line : "") + ": " + code + ": " + what;
    }

    /** Names and lines come from strangers: nothing in them may steer a terminal. */
    private static String shown(String text) {
        String cut = text.length() <= CHARS_MAX ? text : text.substring(0, CHARS_MAX) + "…";
        StringBuilder plain = new StringBuilder(cut.length());
        cut.codePoints().forEach(c -> plain.appendCodePoint(
                Character.isISOControl(c) || Character.getType(c) == Character.FORMAT
                        || c >= 0xD800 && c <= 0xDFFF ? '?' : c));
        return plain.toString();
    }
}
