package io.adaos.hub.testing;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** One Java file as the rules see it: its lines, and its code with comments and texts blanked. */
record SourceFile(Path path, List<String> lines, String code, String text) {

    private static final Pattern PACKAGE = Pattern.compile("(?m)^package ([\\w.]+);");
    private static final Pattern IMPORT = Pattern.compile("(?m)^import (?:static )?([\\w.*]+);");

    static SourceFile read(Path path) {
        try {
            String text = Files.readString(path);
            return new SourceFile(path, text.lines().toList(), withoutTexts(text), text);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    String packageName() {
        Matcher found = PACKAGE.matcher(code);
        return found.find() ? found.group(1) : "";
    }

    List<String> imports() {
        return IMPORT.matcher(code).results().map(found -> found.group(1)).toList();
    }

    String simpleName() {
        String file = path.getFileName().toString();
        return file.substring(0, file.length() - ".java".length());
    }

    int lineOf(int offset) {
        return (int) code.substring(0, offset).chars().filter(c -> c == '\n').count() + 1;
    }

    /** Blanks comments, strings and characters; every other character keeps its place. */
    private static String withoutTexts(String text) {
        StringBuilder code = new StringBuilder(text);
        int i = 0;
        while (i < text.length()) {
            int end = endOfText(text, i);
            if (end == i) {
                i++;
                continue;
            }
            blank(code, i, end);
            i = end;
        }
        return code.toString();
    }

    /** Where the comment, string or character that starts here ends, or here if none does. */
    private static int endOfText(String text, int i) {
        if (text.startsWith("//", i)) {
            return endOr(text, text.indexOf('\n', i), 0);
        }
        if (text.startsWith("/*", i)) {
            return endOr(text, text.indexOf("*/", i + 2), 2);
        }
        if (text.startsWith("\"\"\"", i)) {
            return endOr(text, text.indexOf("\"\"\"", i + 3), 3);
        }
        char quote = text.charAt(i);
        if (quote != '"' && quote != '\'') {
            return i;
        }
        int end = i + 1;
        while (end < text.length() && text.charAt(end) != quote) {
            end += text.charAt(end) == '\\' ? 2 : 1;
        }
        return Math.min(end + 1, text.length());
    }

    private static int endOr(String text, int found, int length) {
        return found < 0 ? text.length() : found + length;
    }

    private static void blank(StringBuilder code, int from, int to) {
        boolean quoted = code.charAt(from) != '/';
        for (int i = from; i < to; i++) {
            boolean edge = quoted && (i == from || i == to - 1);
            if (!edge && code.charAt(i) != '\n') {
                code.setCharAt(i, ' ');
            }
        }
    }
}
