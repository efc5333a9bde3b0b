package io.adaos.hub.registry.normalize;

import java.util.Comparator;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A SemVer 2.0.0 version and its place among others: every release stands above every pre-release,
 * inside each group SemVer precedence decides, and versions that differ in build metadata only are
 * ordered by it, so that the order never depends on which was pushed first.
 *
 * <p>Numbers may have any length; a calendar or build number of 14 digits is common, and the usual
 * libraries keep them in an {@code int}.
 */
public final class VersionOrder implements Comparable<VersionOrder> {

    private static final int CHARS_MAX = 128;
    private static final String NUMBER = "(0|[1-9][0-9]*)";
    private static final String PRE_RELEASE_PART = "(?:[0-9]*[a-zA-Z-][0-9a-zA-Z-]*|0|[1-9][0-9]*)";
    private static final Pattern SEMVER = Pattern.compile(
            NUMBER + "\\." + NUMBER + "\\." + NUMBER
                    + "(?:-(" + PRE_RELEASE_PART + "(?:\\." + PRE_RELEASE_PART + ")*))?"
                    + "(?:\\+([0-9a-zA-Z-]++(?:\\.[0-9a-zA-Z-]++)*+))?");
    private static final Pattern LIKE = Pattern.compile("[vV]?([0-9]{1,9})(?:\\.([0-9]{1,9}))?"
            + "(?:\\.([0-9]{1,9}))?");

    private static final Comparator<VersionOrder> ORDER =
            Comparator.comparing(VersionOrder::isRelease)
                    .thenComparing(version -> version.core[0], VersionOrder::compareNumbers)
                    .thenComparing(version -> version.core[1], VersionOrder::compareNumbers)
                    .thenComparing(version -> version.core[2], VersionOrder::compareNumbers)
                    .thenComparing(version -> version.preRelease, VersionOrder::compareParts)
                    .thenComparing(version -> version.build, VersionOrder::compareParts);

    private final String[] core;
    private final String preRelease;
    private final String build;

    private VersionOrder(Matcher matched) {
        core = new String[] {matched.group(1), matched.group(2), matched.group(3)};
        preRelease = matched.group(4) == null ? "" : matched.group(4);
        build = matched.group(5) == null ? "" : matched.group(5);
    }

    /** Empty when the text is not SemVer or has more than 128 characters. */
    public static Optional<VersionOrder> parse(String text) {
        Matcher matcher = SEMVER.matcher(text);
        return text.length() <= CHARS_MAX && matcher.matches()
                ? Optional.of(new VersionOrder(matcher)) : Optional.empty();
    }

    /** The SemVer text somebody most likely meant: {@code 1.2.0} for {@code v1.02}. */
    public static Optional<String> suggest(String text) {
        Matcher like = LIKE.matcher(text.strip());
        return like.matches()
                ? Optional.of(part(like, 1) + "." + part(like, 2) + "." + part(like, 3))
                : Optional.empty();
    }

    /** No pre-release part. */
    public boolean isRelease() {
        return preRelease.isEmpty();
    }

    @Override
    public int compareTo(VersionOrder other) {
        return ORDER.compare(this, other);
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof VersionOrder version && compareTo(version) == 0;
    }

    @Override
    public int hashCode() {
        return String.join(".", core).hashCode() * 31 + preRelease.hashCode();
    }

    private static int part(Matcher like, int group) {
        return like.group(group) == null ? 0 : Integer.parseInt(like.group(group));
    }

    private static int compareParts(String left, String right) {
        if (left.isEmpty() || right.isEmpty()) {
            return Boolean.compare(right.isEmpty(), left.isEmpty());
        }
        String[] lefts = left.split("\\.");
        String[] rights = right.split("\\.");
        for (int i = 0; i < Math.min(lefts.length, rights.length); i++) {
            int order = comparePart(lefts[i], rights[i]);
            if (order != 0) {
                return order;
            }
        }
        return Integer.compare(lefts.length, rights.length);
    }

    private static int comparePart(String left, String right) {
        boolean leftIsNumber = isNumber(left);
        boolean rightIsNumber = isNumber(right);
        if (leftIsNumber && rightIsNumber) {
            return compareNumbers(left, right);
        }
        if (leftIsNumber != rightIsNumber) {
            return leftIsNumber ? -1 : 1;
        }
        return left.compareTo(right);
    }

    private static boolean isNumber(String part) {
        return part.chars().allMatch(c -> c >= '0' && c <= '9');
    }

    /** Without leading zeros the longer number is the greater one. */
    private static int compareNumbers(String left, String right) {
        int byLength = Integer.compare(left.length(), right.length());
        return byLength != 0 ? byLength : left.compareTo(right);
    }
}
