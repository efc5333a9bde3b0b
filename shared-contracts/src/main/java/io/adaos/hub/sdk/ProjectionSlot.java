package io.adaos.hub.sdk;

import io.adaos.hub.contracts.id.WebspaceId;
import io.adaos.hub.contracts.rules.ProjectionRule;
import java.time.Duration;
import java.util.Objects;

/**
 * A slot that the skill's manifest declares, in one webspace. It names no path: where its values go
 * is said by the manifest alone.
 *
 * @param webspace always named; there is no default
 * @param scope as in the manifest
 * @param name as in the manifest
 * @param spacing the least time between two values that are sent; the newest waits. Up to 1 h
 */
public record ProjectionSlot(WebspaceId webspace, String scope, String name, Duration spacing) {

    static final Duration SPACING_MAX = Duration.ofHours(1);

    public ProjectionSlot {
        Objects.requireNonNull(webspace, "a slot is of a webspace; none is assumed");
        if (!ProjectionRule.SCOPE.matcher(scope).matches()
                || !ProjectionRule.SLOT.matcher(name).matches()) {
            throw new IllegalArgumentException("not a scope and slot: " + scope + ' ' + name);
        }
        if (spacing.isNegative() || spacing.compareTo(SPACING_MAX) > 0) {
            throw new IllegalArgumentException("spacing is up to 1 h, got " + spacing);
        }
    }

    /** A slot of scope {@code subnet}, sent as often as it changes. */
    public static ProjectionSlot of(WebspaceId webspace, String name) {
        return new ProjectionSlot(webspace, ProjectionRule.SUBNET, name, Duration.ZERO);
    }

    /** The same of another scope. */
    public ProjectionSlot scope(String other) {
        return new ProjectionSlot(webspace, other, name, spacing);
    }

    /** The same, sent at most once in this time. */
    public ProjectionSlot every(Duration time) {
        return new ProjectionSlot(webspace, scope, name, time);
    }
}
