package io.adaos.hub.projection.governance.evidence;

import com.fasterxml.jackson.annotation.JsonInclude;
import io.adaos.hub.contracts.id.OwnerId;
import io.adaos.hub.projection.governance.pressure.PolicyState;
import java.util.List;

/**
 * All that was known when a write was decided on.
 *
 * @param reason absent when all is well
 * @param directYjsWrite a raw update of a skill
 * @param bytesPerSecond mean of the last five seconds, this write included
 * @param writesPerSecond mean of the last five seconds, this write included
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record WriteEvidence(
        String webspaceId,
        OwnerId owner,
        List<String> roots,
        String source,
        String channel,
        String path,
        long updateBytes,
        PolicyState policyState,
        WriteReason reason,
        WriteCause cause,
        String correlationId,
        long generation,
        boolean directYjsWrite,
        double bytesPerSecond,
        double writesPerSecond,
        WriteCounters counters) {
}
