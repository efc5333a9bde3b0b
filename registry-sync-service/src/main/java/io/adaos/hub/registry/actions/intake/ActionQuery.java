package io.adaos.hub.registry.actions.intake;

import io.adaos.hub.contracts.error.FieldProblem;
import io.adaos.hub.contracts.error.HubErrorCode;
import io.adaos.hub.contracts.error.HubException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * A checked question for a page of actions.
 *
 * @param search folded words that name or description must hold; empty for all
 * @param kid the signer; empty for all
 * @param offset first action, from 0
 * @param limit actions at most
 */
public record ActionQuery(String search, String kid, int offset, int limit) {

    public static final int LIMIT_DEFAULT = 50;
    public static final int LIMIT_MAX = 200;
    private static final int TEXT_CHARS_MAX = 1_000;

    /** Takes the query parameters as they came, null when absent; refuses all that is wrong. */
    public static ActionQuery of(String search, String kid, String offset, String limit) {
        List<FieldProblem> problems = new ArrayList<>();
        int first = number("offset", offset, 0, problems);
        int count = number("limit", limit, LIMIT_DEFAULT, problems);
        if (first < 0) {
            problems.add(problem("offset", "offset is a whole number from 0"));
        }
        if (count < 1 || count > LIMIT_MAX) {
            problems.add(problem("limit", "limit is a whole number from 1 to " + LIMIT_MAX));
        }
        if (search != null && search.length() > TEXT_CHARS_MAX) {
            problems.add(problem("q", "q has more than " + TEXT_CHARS_MAX + " characters"));
        }
        if (kid != null && kid.length() > TEXT_CHARS_MAX) {
            problems.add(problem("kid", "kid has more than " + TEXT_CHARS_MAX + " characters"));
        }
        if (!problems.isEmpty()) {
            throw new HubException(HubErrorCode.VALIDATION_ERROR,
                    "The page asked for does not exist: " + problems.get(0).message(), problems);
        }
        return new ActionQuery(search == null ? "" : folded(search).strip(),
                kid == null ? "" : storable(kid), first, count);
    }

    /** A text as it is searched, in lower case. */
    public static String folded(String text) {
        return storable(text.toLowerCase(Locale.ROOT));
    }

    /** The database holds no U+0000, and U+0001 parts the texts that are searched. */
    private static String storable(String text) {
        return text.replace('\0', '\ufffd').replace('\u0001', '\ufffd');
    }

    private static int number(
            String name, String text, int absent, List<FieldProblem> problems) {
        if (text == null) {
            return absent;
        }
        try {
            return Integer.parseInt(text);
        } catch (NumberFormatException e) {
            problems.add(problem(name, name + " is not a whole number"));
            return absent;
        }
    }

    private static FieldProblem problem(String path, String message) {
        return new FieldProblem(path, "out_of_range", message, "See the documentation of the list");
    }
}
