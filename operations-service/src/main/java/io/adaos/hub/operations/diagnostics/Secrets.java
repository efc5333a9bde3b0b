package io.adaos.hub.operations.diagnostics;

import java.util.List;
import java.util.regex.Pattern;

/** Takes out of a text what looks like a credential; on doubt it goes. */
final class Secrets {

    /** Of one line; the rest is cut off, so that no line takes long. */
    private static final int LINE_CHARS_MAX = 8_192;
    private static final String GONE = "***";
    private static final Pattern KEY_BEGINS = Pattern.compile("-----BEGIN [A-Z ]{0,40}PRIVATE KEY");
    private static final Pattern KEY_ENDS = Pattern.compile("-----END [A-Z ]{0,40}PRIVATE KEY");
    private static final List<Rule> RULES = List.of(
            new Rule("(?i)\\b(bearer|basic)\\s{1,8}[^\\s\"',;]+", "$1 " + GONE),
            new Rule("(://[^\\s:/@]{0,128}):[^\\s/]{1,256}@", "$1:" + GONE + "@"),
            new Rule("(?i)((?:token|password|passwd|secret|api[_-]?key|authorization|credential)"
                    + "[a-z0-9_-]{0,32}[\"']?\\s{0,8}[=:]\\s{0,8})"
                    + "(?:\"[^\"]*\"?|'[^']*'?|[^\\s,;&}\\]]+)", "$1" + GONE),
            new Rule("eyJ[A-Za-z0-9_-]{8,}\\.[A-Za-z0-9_-]{8,}\\.[A-Za-z0-9_-]*", GONE));

    private Secrets() {
    }

    private record Rule(Pattern pattern, String replacement) {
        Rule(String pattern, String replacement) {
            this(Pattern.compile(pattern), replacement);
        }
    }

    static String redacted(String text) {
        StringBuilder clean = new StringBuilder(text.length());
        boolean inKey = false;
        for (String line : text.split("(?<=\n)")) {
            boolean begins = KEY_BEGINS.matcher(line).find();
            if (begins && !inKey) {
                clean.append(GONE).append('\n');
            }
            inKey = inKey || begins;
            if (!inKey) {
                clean.append(redactedLine(line));
            }
            inKey = inKey && !KEY_ENDS.matcher(line).find();
        }
        return clean.toString();
    }

    private static String redactedLine(String line) {
        String clean = line.length() <= LINE_CHARS_MAX
                ? line : line.substring(0, LINE_CHARS_MAX) + "…\n";
        for (Rule rule : RULES) {
            clean = rule.pattern().matcher(clean).replaceAll(rule.replacement());
        }
        return clean;
    }
}
