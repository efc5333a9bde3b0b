package io.adaos.hub.projection.governance.corpus;

import io.adaos.hub.contracts.id.OwnerId;
import io.adaos.hub.contracts.id.WebspaceId;
import io.adaos.hub.contracts.rules.DirectWriteGrant;
import io.adaos.hub.contracts.rules.ProjectionPath;
import io.adaos.hub.projection.governance.FlushBatch;
import io.adaos.hub.projection.governance.GovernanceDecision;
import io.adaos.hub.projection.governance.GovernanceSettings;
import io.adaos.hub.projection.governance.OwnerRow;
import io.adaos.hub.projection.governance.PendingValue;
import io.adaos.hub.projection.governance.Settlement;
import io.adaos.hub.projection.governance.WriteGovernor;
import io.adaos.hub.projection.governance.direct.DirectWriteMode;
import io.adaos.hub.projection.governance.direct.DirectWriteRules;
import io.adaos.hub.projection.governance.evidence.OwnerKey;
import io.adaos.hub.projection.governance.evidence.WriteAttempt;
import io.adaos.hub.projection.governance.evidence.WriteCause;
import io.adaos.hub.projection.governance.evidence.WriteOrigin;
import io.adaos.hub.projection.governance.pressure.PressureThresholds;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The governor in front of a room that compares, applies and flushes at once. */
final class GovernorTarget implements WriteTarget {

    private static final long TICK_MILLIS = 10;

    private final WriteGovernor governor = new WriteGovernor(
            GovernanceSettings.DEFAULT, owner -> PressureThresholds.DEFAULT);
    private final DirectWriteRules rules = new DirectWriteRules(DirectWriteMode.ENFORCE);
    private final Map<String, String> document = new HashMap<>();
    private final WritePattern pattern;
    private final OwnerKey key;
    private long now = 1_000_000;

    /** Raw updates of different paths wait together, so each path is a connection here. */
    private record Value(WritePattern.Write write) implements PendingValue {
        @Override
        public long bytes() {
            return write.bytes();
        }

        @Override
        public PendingValue over(PendingValue older) {
            return this;
        }
    }

    GovernorTarget(WritePattern pattern) {
        this.pattern = pattern;
        OwnerId skill = new OwnerId("skill:weather");
        this.key = switch (pattern.plane()) {
            case "direct" -> OwnerKey.direct(WebspaceId.DESKTOP, skill);
            case "person" -> OwnerKey.of(WebspaceId.DESKTOP, new OwnerId("user:ann"));
            default -> OwnerKey.of(WebspaceId.DESKTOP, skill);
        };
    }

    @Override
    public Answer write(WritePattern.Write write) {
        WriteAttempt attempt = attempt(write);
        if (key.direct()) {
            DirectWriteRules.Verdict verdict = rules.judge("weather", grant(),
                    List.of(List.of(write.path().split("/"))), Instant.EPOCH);
            if (verdict.isRefused()) {
                governor.refuse(attempt, verdict.reason().orElseThrow(), now);
                return new Answer("refused", verdict.reason().orElseThrow().wire());
            }
        }
        GovernanceDecision decision = governor.judge(attempt, new Value(write), now);
        if (decision instanceof GovernanceDecision.Permit permit) {
            boolean changes = apply(write);
            governor.settled(permit.ticket(), changes
                    ? new Settlement.Applied(write.changed(), 1)
                    : new Settlement.Unchanged(), now);
            return new Answer(changes ? "applied" : "unchanged", "");
        }
        String outcome = decision instanceof GovernanceDecision.Throttle ? "deferred" : "refused";
        return new Answer(outcome, decision.evidence().reason().wire());
    }

    @Override
    public void pass(long millis) {
        long end = now + millis;
        while (now < end) {
            now = Math.min(end, now + TICK_MILLIS);
            for (FlushBatch batch : governor.flushDue(10, now)) {
                List<Settlement> results = batch.items().stream()
                        .map(item -> ((Value) item.value()).write())
                        .<Settlement>map(write -> apply(write)
                                ? new Settlement.Applied(write.changed(), 1)
                                : new Settlement.Unchanged())
                        .toList();
                governor.flushed(batch, results, now);
            }
        }
    }

    @Override
    public String state() {
        return row().policyState().wire();
    }

    @Override
    public String reason() {
        return row().reason() == null ? "" : row().reason().wire();
    }

    @Override
    public long pending() {
        return row().counters().pending();
    }

    @Override
    public boolean balances() {
        return row().counters().balances() && row().counters().inProgress() == 0;
    }

    @Override
    public Map<String, String> document() {
        return document;
    }

    private boolean apply(WritePattern.Write write) {
        return !write.content().equals(document.put(write.path(), write.content()));
    }

    private WriteAttempt attempt(WritePattern.Write write) {
        WriteOrigin origin = new WriteOrigin(pattern.plane().equals("governed")
                ? WriteCause.SKILL_PROJECTION : WriteCause.DIRECT_WRITE, "corpus", "test", "", 0);
        if (!pattern.plane().equals("governed")) {
            return WriteAttempt.raw(key, write.path(), new WriteAttempt.RawUpdate(write.path(),
                    List.of(write.path().split("/")[0]), write.bytes()), origin);
        }
        long fingerprint = write.isScalar() ? 0 : 1L << 40 | write.content().hashCode();
        return WriteAttempt.governed(key, write.path(),
                new WriteAttempt.Value(write.bytes(), fingerprint), origin);
    }

    private Optional<DirectWriteGrant> grant() {
        return Optional.of(new DirectWriteGrant(
                pattern.grant().stream().map(ProjectionPath::parse).toList(), Optional.empty()));
    }

    private OwnerRow row() {
        return governor.rows(now).get(0);
    }
}
