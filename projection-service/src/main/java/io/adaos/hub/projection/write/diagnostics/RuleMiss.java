package io.adaos.hub.projection.write.diagnostics;

import io.adaos.hub.contracts.id.OwnerId;
import io.adaos.hub.contracts.id.WebspaceId;
import java.time.Instant;

/**
 * Writes of one owner to one slot for which there is no rule.
 *
 * @param schema always {@code adaos.projection_rule_miss.v1}
 * @param skill id of the skill that writes; empty when no skill does
 * @param declarationsLoaded whether the rules of the skill's manifest are loaded
 * @param manifestAvailable whether the registry has the manifest of the installed version
 * @param declaredProjectionTotal slots that manifest declares
 * @param declaredRouteTotal data routes that manifest declares
 * @param attemptTotal writes since {@code firstAt}
 * @param lastPayloadBytes of the last value as JSON
 */
public record RuleMiss(
        String schema,
        OwnerId owner,
        String skill,
        String scope,
        String slot,
        WebspaceId webspaceId,
        boolean declarationsLoaded,
        boolean manifestAvailable,
        int declaredProjectionTotal,
        int declaredRouteTotal,
        long attemptTotal,
        Instant firstAt,
        Instant lastAt,
        long lastPayloadBytes) {

    static final String SCHEMA = "adaos.projection_rule_miss.v1";

    /** This and all earlier ones as one. */
    RuleMiss after(RuleMiss earlier) {
        return new RuleMiss(schema, owner, skill, scope, slot, webspaceId, declarationsLoaded,
                manifestAvailable, declaredProjectionTotal, declaredRouteTotal,
                earlier.attemptTotal + attemptTotal, earlier.firstAt, lastAt, lastPayloadBytes);
    }
}
