package io.adaos.hub.registry.actions.intake;

import io.adaos.hub.contracts.error.FieldProblem;
import io.adaos.hub.contracts.error.HubErrorCode;
import io.adaos.hub.contracts.error.HubException;
import java.util.ArrayList;
import java.util.List;

/** Name and version of an action, from the path of a request. */
public record ActionKey(String name, String version) {

    public static final int NAME_CHARS_MAX = 255;
    public static final int VERSION_CHARS_MAX = 64;

    /** Refuses what can never be published: too long, or with characters nobody can see. */
    public void refuseFaults() {
        List<FieldProblem> problems = new ArrayList<>();
        judge("name", name, NAME_CHARS_MAX, problems);
        judge("version", version, VERSION_CHARS_MAX, problems);
        if (!problems.isEmpty()) {
            throw new HubException(HubErrorCode.VALIDATION_ERROR,
                    "An action cannot be called so: " + problems.get(0).message(), problems);
        }
    }

    /** Whether anything can be published so. */
    public boolean isPossible() {
        return fault(name, NAME_CHARS_MAX) == null && fault(version, VERSION_CHARS_MAX) == null;
    }

    private static void judge(
            String what, String text, int charsMax, List<FieldProblem> problems) {
        String fault = fault(text, charsMax);
        if (fault != null) {
            problems.add(new FieldProblem(what, "invalid", what + ' ' + fault,
                    "Use dotted names such as ssh.exec and versions such as 1.4.0"));
        }
    }

    /** What is wrong with a text; null when nothing is. */
    private static String fault(String text, int charsMax) {
        if (text.isBlank()) {
            return "is blank";
        }
        if (text.codePointCount(0, text.length()) > charsMax) {
            return "has more than " + charsMax + " characters";
        }
        boolean isHidden = text.codePoints().anyMatch(point ->
                Character.isISOControl(point) || point == 0xfffd || isSurrogate(point));
        return isHidden ? "has control characters, or bytes that are not UTF-8" : null;
    }

    private static boolean isSurrogate(int point) {
        return point >= Character.MIN_SURROGATE && point <= Character.MAX_SURROGATE;
    }
}
