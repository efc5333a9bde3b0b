package io.adaos.hub.testing;

import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Sizes, names and forbidden words of one file. */
final class StyleRules {

    private static final int FILE_LINES_MAX = 500;
    private static final int METHOD_LINES_MAX = 60;
    private static final int COLUMNS_MAX = 100;
    private static final int METHOD_PARAMETERS_MAX = 4;

    /** A constructor names the collaborators of a class; more than these are two classes. */
    private static final int CONSTRUCTOR_PARAMETERS_MAX = 7;

    private static final Pattern BAD_NAME =
            Pattern.compile("\\w*(Impl|Util|Utils|Helper|Helpers|Base|Data|Info|Manager)");
    private static final Pattern UNFINISHED = Pattern.compile("TO" + "DO|FIX" + "ME|XX" + "X");
    private static final Pattern SKIPPED = Pattern.compile(
            "@([\\w.]+\\.)?Disabled|assumeTrue\\(|assumeFalse\\(|Assumptions\\.");
    private static final Pattern TYPE = Pattern.compile(
            "(?m)^(?:public |final |abstract |sealed |non-sealed |strictfp )*"
                    + "(class|interface|enum|record|@interface) (\\w+)");
    private static final Pattern TEST = Pattern.compile(
            "@(Test|ParameterizedTest|RepeatedTest|TestFactory)\\b");
    private static final Pattern ASSERTION = Pattern.compile(
            "\\b(assert\\w*|verify\\w*|expect\\w*|fail|check\\w*)\\s*\\("
                    + "|\\.(then|assertThat|untilAsserted)\\s*\\(");
    private static final Pattern CONTROL = Pattern.compile(
            "^(if|for|while|switch|catch|synchronized|try|else|do|return|throw|yield|case)\\b.*",
            Pattern.DOTALL);
    private static final Pattern METHOD_NAME = Pattern.compile(
            "(\\w+)\\s*\\((.*)\\)\\s*(?:throws [\\w., \\n]+)?$", Pattern.DOTALL);

    private StyleRules() {
    }

    static List<String> ofMain(SourceFile file) {
        List<String> found = ofAny(file);
        if (BAD_NAME.matcher(file.simpleName()).matches()
                && !file.simpleName().equals("OperationManager")) {
            found.add(file.path() + ": name says nothing: " + file.simpleName());
        }
        undocumentedTypes(file, found);
        enumSwitchesWithDefault(file, found);
        methods(file).forEach(method -> judgeParameters(file, method, found));
        if (!file.simpleName().equals("HubSubjects")
                && Pattern.compile("\"hub\\.v1\\.").matcher(file.text()).find()) {
            found.add(file.path() + ": a subject is spelled outside HubSubjects");
        }
        if (!file.simpleName().equals("HubStreams")
                && Pattern.compile("\"HUB_(CATALOG|OPERATION|PROJECTION|STATUS)\"")
                        .matcher(file.text()).find()) {
            found.add(file.path() + ": a stream is named outside HubStreams");
        }
        return found;
    }

    static List<String> ofTest(SourceFile file) {
        List<String> found = ofAny(file);
        if (SKIPPED.matcher(file.code()).find()) {
            found.add(file.path() + ": skips tests");
        }
        for (Block method : methods(file)) {
            boolean isTest = TEST.matcher(method.header()).find();
            if (isTest && !ASSERTION.matcher(method.body()).find()) {
                found.add(file.path() + ":" + method.line() + ": a test without an assertion");
            }
        }
        return found;
    }

    private static List<String> ofAny(SourceFile file) {
        List<String> found = new ArrayList<>();
        if (file.lines().size() > FILE_LINES_MAX) {
            found.add(file.path() + ": " + file.lines().size() + " lines");
        }
        for (int i = 0; i < file.lines().size(); i++) {
            String line = file.lines().get(i);
            if (line.length() > COLUMNS_MAX && !line.startsWith("import ")) {
                found.add(file.path() + ":" + (i + 1) + ": " + line.length() + " columns");
            }
            if (UNFINISHED.matcher(line).find()) {
                found.add(file.path() + ":" + (i + 1) + ": unfinished");
            }
        }
        for (Block method : methods(file)) {
            if (method.lines() > METHOD_LINES_MAX) {
                found.add(file.path() + ":" + method.line() + ": method of " + method.lines()
                        + " lines");
            }
        }
        return found;
    }

    private static void judgeParameters(SourceFile file, Block method, List<String> found) {
        Matcher signature = METHOD_NAME.matcher(withoutAnnotations(method.header()));
        if (!signature.find()) {
            return;
        }
        String type = "\\b(class|record|enum) " + signature.group(1) + "\\b";
        boolean isConstructor = Pattern.compile(type).matcher(file.code()).find();
        int most = isConstructor ? CONSTRUCTOR_PARAMETERS_MAX : METHOD_PARAMETERS_MAX;
        int parameters = parameters(signature.group(2));
        if (parameters > most) {
            found.add(file.path() + ":" + method.line() + ": " + parameters + " parameters");
        }
    }

    private static int parameters(String list) {
        if (list.isBlank()) {
            return 0;
        }
        int depth = 0;
        int count = 1;
        for (char c : list.toCharArray()) {
            if (c == '<' || c == '(') {
                depth++;
            } else if (c == '>' || c == ')') {
                depth--;
            } else if (c == ',' && depth == 0) {
                count++;
            }
        }
        return count;
    }

    private static void undocumentedTypes(SourceFile file, List<String> found) {
        Matcher type = TYPE.matcher(file.code());
        while (type.find()) {
            String before = file.text().substring(0, type.start()).stripTrailing();
            int lastLine = before.lastIndexOf('\n') + 1;
            while (before.substring(lastLine).startsWith("@") || before.endsWith(")")) {
                int annotation = Math.max(before.lastIndexOf("\n@"), 0);
                before = before.substring(0, annotation).stripTrailing();
                lastLine = before.lastIndexOf('\n') + 1;
            }
            if (!before.endsWith("*/")) {
                found.add(file.path() + ": " + type.group(2) + " does not say what it is");
            }
        }
    }

    /** A new constant must be placed by hand, so a switch over an enum has no default. */
    private static void enumSwitchesWithDefault(SourceFile file, List<String> found) {
        Matcher at = Pattern.compile("\\bswitch\\s*\\(").matcher(file.code());
        while (at.find()) {
            int open = file.code().indexOf('{', at.end());
            String body = open < 0 ? "" : file.code().substring(open, close(file.code(), open));
            boolean hasDefault = Pattern.compile("\\bdefault\\s*(->|:)").matcher(body).find();
            Matcher label = Pattern.compile("\\bcase ([A-Z][A-Z_0-9]*)\\b").matcher(body);
            if (hasDefault && label.find() && !Pattern.compile(
                    "static final (int|long|byte|char|short|String) " + label.group(1) + "\\b")
                    .matcher(file.code()).find()) {
                found.add(file.path() + ":" + file.lineOf(at.start())
                        + ": enum switch with default");
            }
        }
    }

    /** One method or constructor: what stands before its brace, and what stands inside. */
    private record Block(String header, String body, int line, int lines) {
    }

    private static List<Block> methods(SourceFile file) {
        List<Block> found = new ArrayList<>();
        String code = file.code();
        for (int open = code.indexOf('{'); open >= 0; open = code.indexOf('{', open + 1)) {
            int start = startOfHeader(code, open);
            String header = code.substring(start, open).strip();
            String bare = withoutAnnotations(header);
            if (isMethod(bare)) {
                int end = close(code, open);
                int line = file.lineOf(open);
                found.add(new Block(header, code.substring(open, end), line,
                        file.lineOf(end) - line + 1));
            }
        }
        return found;
    }

    private static String withoutAnnotations(String header) {
        return header.replaceAll("@\\w+(\\([^()]*\\))?\\s*", "").strip();
    }

    private static boolean isMethod(String bare) {
        return !bare.isEmpty()
                && METHOD_NAME.matcher(bare).find()
                && !CONTROL.matcher(bare).matches()
                && !bare.contains("->")
                && !bare.contains("=")
                && !Pattern.compile("\\bnew\\b|\\brecord\\b|\\bclass\\b").matcher(bare).find();
    }

    private static int startOfHeader(String code, int open) {
        int depth = 0;
        for (int i = open - 1; i >= 0; i--) {
            char c = code.charAt(i);
            if (c == ')') {
                depth++;
            } else if (c == '(') {
                depth--;
            } else if (depth == 0 && (c == ';' || c == '{' || c == '}')) {
                return i + 1;
            }
        }
        return 0;
    }

    private static int close(String code, int open) {
        int depth = 0;
        for (int i = open; i < code.length(); i++) {
            char c = code.charAt(i);
            if (c == '{') {
                depth++;
            } else if (c == '}' && --depth == 0) {
                return i;
            }
        }
        return code.length() - 1;
    }
}
