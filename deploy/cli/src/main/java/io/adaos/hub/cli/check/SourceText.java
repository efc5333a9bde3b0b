package io.adaos.hub.cli.check;

import java.util.List;

/**
 * A source file line by line, in two views of the same columns.
 *
 * @param code without comments and without what stands in quotes
 * @param text without comments and documentation, but with texts
 */
record SourceText(List<String> code, List<String> text) {
    /*
     * Notes.
     *
     * One pass over the characters, for Python and Java alike: both quote with " and ', both have
     * texts of many lines in """, and differ here in their comments only. A text in three quotes
     * that begins a statement is Python's way to write documentation. What is blanked keeps its
     * length, so columns stay.
     */

    private static final String TRIPLES = "\"\"\"'''";

    /** The language decides about comments only. */
    enum Language {
        PYTHON, JAVA
    }

    static SourceText read(String source, Language language) {
        Reader reader = new Reader(source, language);
        reader.read();
        return new SourceText(reader.code.toString().lines().toList(),
                reader.text.toString().lines().toList());
    }

    /** The pass; used once. */
    private static final class Reader {

        private final String source;
        private final boolean isPython;
        private final StringBuilder code = new StringBuilder();
        private final StringBuilder text = new StringBuilder();
        private int at;
        /** The last character of code that is no blank; a line feed at the start of a line. */
        private char before = '\n';

        Reader(String source, Language language) {
            this.source = source.replace("\r\n", "\n").replace('\r', '\n');
            this.isPython = language == Language.PYTHON;
        }

        void read() {
            while (at < source.length()) {
                char c = source.charAt(at);
                if (isPython && c == '#' || !isPython && source.startsWith("//", at)) {
                    blank(lineEnd());
                } else if (!isPython && source.startsWith("/*", at)) {
                    int end = source.indexOf("*/", at + 2);
                    blank(end < 0 ? source.length() : end + 2);
                } else if (c == '"' || c == '\'') {
                    quoted(c);
                } else {
                    both(c);
                    if (c == '\n' || !Character.isWhitespace(c)) {
                        before = c == '\n' && isOpen() ? before : c;
                    }
                }
            }
        }

        /** Whether a statement goes on in the next line. */
        private boolean isOpen() {
            return "(,[{=+%\\".indexOf(before) >= 0;
        }

        private void quoted(char quote) {
            String triple = String.valueOf(quote).repeat(3);
            boolean isTriple = TRIPLES.contains(triple) && source.startsWith(triple, at)
                    && (isPython || quote == '"');
            int end = isTriple ? end(at + 3, triple, false)
                    : end(at + 1, String.valueOf(quote), true);
            if (isTriple && isPython && (before == '\n' || before == ':')) {
                blank(end);
            } else {
                int marks = isTriple ? 3 : 1;
                for (int start = at; at < end; ) {
                    char c = source.charAt(at);
                    boolean isMark = at < start + marks || at >= end - marks;
                    code.append(c == '\n' || isMark ? c : ' ');
                    text.append(c);
                    at++;
                }
                before = quote;
            }
        }

        /** Just after the closing mark; a text of one line ends with its line at the latest. */
        private int end(int from, String mark, boolean isOneLine) {
            for (int i = from; i < source.length(); i++) {
                char c = source.charAt(i);
                if (c == '\\') {
                    i++;
                } else if (source.startsWith(mark, i)) {
                    return i + mark.length();
                } else if (isOneLine && c == '\n') {
                    return i;
                }
            }
            return source.length();
        }

        private int lineEnd() {
            int end = source.indexOf('\n', at);
            return end < 0 ? source.length() : end;
        }

        private void blank(int end) {
            while (at < end) {
                char c = source.charAt(at);
                code.append(c == '\n' ? c : ' ');
                text.append(c == '\n' ? c : ' ');
                at++;
            }
        }

        private void both(char c) {
            code.append(c);
            text.append(c);
            at++;
        }
    }
}
