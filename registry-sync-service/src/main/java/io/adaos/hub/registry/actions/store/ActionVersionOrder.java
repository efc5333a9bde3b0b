package io.adaos.hub.registry.actions.store;

import io.adaos.hub.registry.normalize.VersionOrder;
import java.util.Comparator;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * The order of an action's versions, which may be any text: releases above pre-releases above what
 * is no SemVer; by SemVer precedence, the last group by text.
 */
final class ActionVersionOrder {

    /** Numbers with zeros before them are no SemVer, but plain enough to be compared. */
    private static final Pattern TRIPLE = Pattern.compile("([0-9]+)[.]([0-9]+)[.]([0-9]+)");
    private static final Pattern ZEROS = Pattern.compile("(^|[.])0+(?=[0-9])");

    static final Comparator<String> COMPARATOR =
            Comparator.comparing(ActionVersionOrder::parsed, ActionVersionOrder::compare)
                    .thenComparing(Comparator.naturalOrder());

    private ActionVersionOrder() {
    }

    private static Optional<VersionOrder> parsed(String version) {
        boolean isTriple = TRIPLE.matcher(version).matches();
        return VersionOrder.parse(
                isTriple ? ZEROS.matcher(version).replaceAll("$1") : version);
    }

    private static int compare(Optional<VersionOrder> left, Optional<VersionOrder> right) {
        return left.isPresent() && right.isPresent()
                ? left.get().compareTo(right.get())
                : Boolean.compare(left.isPresent(), right.isPresent());
    }
}
