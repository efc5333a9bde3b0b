package io.adaos.hub.projection.status;

import io.adaos.hub.contracts.id.WebspaceId;
import io.adaos.hub.contracts.status.YjsPressure;
import io.adaos.hub.contracts.status.YjsPressure.PolicyState;
import io.adaos.hub.contracts.status.YjsPressure.Reason;
import io.adaos.hub.projection.governance.OwnerRow;
import io.adaos.hub.projection.governance.evidence.WriteReason;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/** Reports what the governor measures as the contract {@code yjs_pressure}. */
public final class PressureReporter {

    private static final int ROWS_MAX = 200;

    /** The most severe first, then the largest. */
    private static final Comparator<YjsPressure> WORST_FIRST =
            Comparator.comparing(YjsPressure::policyState).reversed()
                    .thenComparing(Comparator.comparingDouble(YjsPressure::peakBps).reversed())
                    .thenComparing(Comparator.comparingDouble(YjsPressure::peakWps).reversed())
                    .thenComparing(Comparator.comparingLong(YjsPressure::recentBytes).reversed())
                    .thenComparing(row -> row.owner().value())
                    .thenComparing(YjsPressure::directYjsWrite);

    private PressureReporter() {
    }

    /** The owners of each webspace, at most 200 of one. */
    public static Map<WebspaceId, List<YjsPressure>> report(List<OwnerRow> rows) {
        return rows.stream()
                .flatMap(row -> webspace(row).map(id -> contract(id, row)).stream())
                .collect(Collectors.groupingBy(YjsPressure::webspaceId,
                        Collectors.collectingAndThen(Collectors.toList(), all ->
                                all.stream().sorted(WORST_FIRST).limit(ROWS_MAX).toList())));
    }

    private static YjsPressure contract(WebspaceId webspace, OwnerRow row) {
        PolicyState state = state(row);
        return new YjsPressure(webspace, row.owner(), row.directYjsWrite(), row.recentBytes(),
                row.recentWrites(), row.peakBps(), row.peakWps(), state,
                YjsPressure.Target.PRIMARY_SHARED_DOC,
                state == PolicyState.OK ? null : reason(row.reason()),
                row.blockedRoots(), row.throttledRoots(),
                new YjsPressure.Counters(row.counters().attemptedTotal(),
                        row.counters().allowedTotal(), row.counters().throttledTotal(),
                        row.counters().blockedTotal()));
    }

    /** A write to a webspace that does not exist is in no webspace's pressure. */
    private static Optional<WebspaceId> webspace(OwnerRow row) {
        try {
            return Optional.of(new WebspaceId(row.webspaceId()));
        } catch (IllegalArgumentException e) {
            return Optional.empty();
        }
    }

    private static PolicyState state(OwnerRow row) {
        return switch (row.policyState()) {
            case OK -> PolicyState.OK;
            case WARN -> PolicyState.WARN;
            case THROTTLE -> PolicyState.THROTTLE;
            case BLOCK -> PolicyState.BLOCK;
        };
    }

    /** The contract knows three reasons for pressure; all others are reasons of single writes. */
    private static Reason reason(WriteReason reason) {
        return switch (reason) {
            case REPEATED_RESEED -> Reason.REPEATED_RESEED;
            case BROAD_BRANCH_REWRITE -> Reason.BROAD_BRANCH_REWRITE;
            case WRITE_AMPLIFICATION, PENDING_LIMIT, WRONG_OWNER, PATH_NOT_ALLOWED,
                    PAYLOAD_BUDGET_EXCEEDED, VALUE_INVALID, WEBSPACE_UNKNOWN, MAILBOX_FULL,
                    STORE_UNAVAILABLE, POLICY_UNAVAILABLE, DEPRECATED_DIRECT_SKILL_YJS_WRITE ->
                    Reason.WRITE_AMPLIFICATION;
        };
    }
}
