package io.adaos.hub.projection.status;

import io.adaos.hub.contracts.status.Connectivity;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * What an actor says of its own link, at least every 5 s and before it goes.
 *
 * @param transportState {@code ready} when absent
 * @param transitionState {@code ready} when absent
 * @param plannedTransition nothing is planned when absent
 * @param blockers at most 20 words of at most 128 characters; none when absent
 * @param servedBy {@code runtime} when absent
 */
public record Announcement(
        Connectivity.Transport transportState,
        Connectivity.Transition transitionState,
        Connectivity.PlannedTransition plannedTransition,
        List<String> blockers,
        Connectivity.ServedBy servedBy) {

    private static final int BLOCKERS_MAX = 20;
    private static final Pattern WORD = Pattern.compile("[A-Za-z0-9][A-Za-z0-9_.:/-]{0,127}");

    public Announcement {
        transportState = Optional.ofNullable(transportState)
                .orElse(Connectivity.Transport.READY);
        transitionState = Optional.ofNullable(transitionState)
                .orElse(Connectivity.Transition.READY);
        plannedTransition = Optional.ofNullable(plannedTransition)
                .orElse(Connectivity.PlannedTransition.NONE);
        blockers = blockers == null ? List.of() : List.copyOf(blockers);
        servedBy = Optional.ofNullable(servedBy).orElse(Connectivity.ServedBy.RUNTIME);
        if (transportState == Connectivity.Transport.UNKNOWN) {
            throw new IllegalArgumentException("transport_state: only the hub says unknown");
        }
        if (blockers.size() > BLOCKERS_MAX
                || !blockers.stream().allMatch(word -> WORD.matcher(word).matches())) {
            throw new IllegalArgumentException("blockers: at most " + BLOCKERS_MAX
                    + " words of the form " + WORD.pattern());
        }
    }
}
