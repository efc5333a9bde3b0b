package io.adaos.hub.contracts.rules;

import io.adaos.hub.contracts.id.WebspaceId;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * Where the values of one slot go, and what they may be.
 *
 * @param scope {@code subnet}, {@code current_user}, {@code webspace}, … or any other word
 * @param slot name under which it is written
 * @param path as declared: before {@code {user_id}} and node scoping
 * @param webspace of the target, used where the writer names none
 */
public record ProjectionRule(String scope, String slot, ProjectionPath path,
        Optional<WebspaceId> webspace, RuleBudget budget, ProjectionMode mode) {

    /** Of a write that names no scope; its paths below {@code data} belong to one node each. */
    public static final String SUBNET = "subnet";

    /** What a scope may look like. */
    public static final Pattern SCOPE = Pattern.compile("[A-Za-z][A-Za-z0-9_.-]{0,63}");

    /** What a slot may look like. */
    public static final Pattern SLOT = Pattern.compile("[A-Za-z0-9][A-Za-z0-9_.:-]{0,127}");

    public ProjectionRule {
        if (!SCOPE.matcher(scope).matches() || !SLOT.matcher(slot).matches()) {
            throw new IllegalArgumentException("not a scope and slot: " + scope + ' ' + slot);
        }
    }

    /** Whether paths of this rule are put below the node that writes. */
    public boolean isOfNode() {
        return SUBNET.equals(scope);
    }
}
