package io.adaos.hub.projection.governance;

import com.fasterxml.jackson.annotation.JsonInclude;
import io.adaos.hub.contracts.id.OwnerId;
import io.adaos.hub.projection.governance.evidence.OwnerKey;
import io.adaos.hub.projection.governance.evidence.WriteCause;
import io.adaos.hub.projection.governance.evidence.WriteCounters;
import io.adaos.hub.projection.governance.evidence.WriteEvidence;
import io.adaos.hub.projection.governance.evidence.WriteReason;
import io.adaos.hub.projection.governance.pressure.PolicyState;
import io.adaos.hub.projection.governance.pressure.RateWindow;
import java.util.List;
import java.util.Map;

/**
 * One owner in one webspace as operators see it: {@code yjs_pressure}, and what stands behind it.
 *
 * @param recentBytes attempted in the last 60 s
 * @param recentWrites attempted in the last 60 s
 * @param peakBps bytes of the largest second of the last 60 s
 * @param peakWps writes of the largest second of the last 60 s
 * @param target always {@code primary_shared_doc}
 * @param reason why the state is not {@code ok}; absent when it is
 * @param blockedRoots roots attempted in the last 60 s, in state {@code block} only
 * @param throttledRoots the same in state {@code throttle}
 * @param bytesPerSecond mean of the last 5 s, which the state is decided on
 * @param writesPerSecond mean of the last 5 s
 * @param leavesInMs when the state can be left at the earliest; 0 for {@code ok}
 * @param pendingPaths slots that wait
 * @param roots the last 60 s of each root
 * @param last evidence of the newest write that was not simply allowed; absent when there is none
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record OwnerRow(
        String webspaceId,
        OwnerId owner,
        boolean directYjsWrite,
        long recentBytes,
        long recentWrites,
        double peakBps,
        double peakWps,
        PolicyState policyState,
        String target,
        WriteReason reason,
        List<String> blockedRoots,
        List<String> throttledRoots,
        double bytesPerSecond,
        double writesPerSecond,
        long leavesInMs,
        int pendingPaths,
        Map<String, RateWindow.Minute> roots,
        WriteCounters counters,
        Map<WriteCause, WriteCounters> byCause,
        WriteEvidence last) {

    static final String TARGET = "primary_shared_doc";

    /** The row of an owner whose meter has gone: only its counts are left. */
    static OwnerRow retired(OwnerKey key, Tally tally) {
        return new OwnerRow(key.webspaceId(), key.owner(), key.direct(), 0, 0, 0, 0,
                PolicyState.OK, TARGET, null, List.of(), List.of(), 0, 0, 0, 0, Map.of(),
                tally.total(), tally.byCause(), null);
    }
}
