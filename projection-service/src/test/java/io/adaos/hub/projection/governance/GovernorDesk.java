package io.adaos.hub.projection.governance;

import io.adaos.hub.contracts.id.OwnerId;
import io.adaos.hub.contracts.id.WebspaceId;
import io.adaos.hub.projection.governance.GovernanceDecision.Permit;
import io.adaos.hub.projection.governance.evidence.OwnerKey;
import io.adaos.hub.projection.governance.evidence.WriteAttempt;
import io.adaos.hub.projection.governance.evidence.WriteCause;
import io.adaos.hub.projection.governance.evidence.WriteOrigin;
import io.adaos.hub.projection.governance.pressure.OwnerBudgets;
import io.adaos.hub.projection.governance.pressure.PolicyState;
import io.adaos.hub.projection.governance.pressure.PressureThresholds;
import java.util.ArrayList;
import java.util.List;

/** A governor with a clock of its own and short words for what tests do with it. */
final class GovernorDesk {

    private static final RawUpdates.Sender NOBODY = new RawUpdates.Sender() { };
    static final OwnerKey WEATHER = governed("skill:weather");
    static final OwnerKey CLOCK = governed("skill:clock");
    static final OwnerKey CORE = governed("core:operations");
    static final OwnerKey OPERATOR = governed("core:operator");
    static final OwnerKey PERSON = governed("user:ann");
    static final OwnerKey WEATHER_DIRECT =
            OwnerKey.direct(WebspaceId.DESKTOP, new OwnerId("skill:weather"));

    final WriteGovernor governor;
    long now = 1_000_000;

    /** A value that tests can tell from another. */
    record Value(String name, long bytes) implements PendingValue {
        @Override
        public PendingValue over(PendingValue older) {
            return this;
        }
    }

    GovernorDesk() {
        this(GovernanceSettings.DEFAULT, owner -> PressureThresholds.DEFAULT);
    }

    GovernorDesk(GovernanceSettings settings, OwnerBudgets budgets) {
        governor = new WriteGovernor(settings, budgets);
    }

    static OwnerKey governed(String owner) {
        return OwnerKey.of(WebspaceId.DESKTOP, new OwnerId(owner));
    }

    static WriteOrigin origin(WriteCause cause) {
        return new WriteOrigin(cause, "test", "http", "c-1", 7);
    }

    static WriteAttempt attempt(OwnerKey key, String path, long bytes, long fingerprint) {
        return WriteAttempt.governed(key, path, new WriteAttempt.Value(bytes, fingerprint),
                origin(WriteCause.SKILL_PROJECTION));
    }

    GovernorDesk pass(long millis) {
        now += millis;
        return this;
    }

    GovernanceDecision judge(OwnerKey key, String path, long bytes) {
        return judge(key, path, new Value(path + '@' + now, bytes));
    }

    GovernanceDecision judge(OwnerKey key, String path, Value value) {
        return governor.judge(attempt(key, path, value.bytes(), 0), value, now);
    }

    GovernanceDecision judgeContent(OwnerKey key, String path, long bytes, long fingerprint) {
        return governor.judge(attempt(key, path, bytes, fingerprint),
                new Value(path + '#' + fingerprint, bytes), now);
    }

    GovernanceDecision judgeRaw(OwnerKey key, String connection, int bytes) {
        WriteAttempt attempt = WriteAttempt.raw(key, connection,
                new WriteAttempt.RawUpdate("data/x/y", List.of("data"), bytes),
                origin(WriteCause.DIRECT_WRITE));
        return governor.judge(attempt, RawUpdates.of(new byte[bytes], NOBODY), now);
    }

    /** Judges and, when permitted, applies the whole value. */
    GovernanceDecision write(OwnerKey key, String path, long bytes) {
        return applied(judge(key, path, bytes));
    }

    GovernanceDecision applied(GovernanceDecision decision) {
        if (decision instanceof Permit permit) {
            governor.settled(permit.ticket(),
                    new Settlement.Applied(permit.evidence().updateBytes(), 8), now);
        }
        return decision;
    }

    GovernanceDecision settle(GovernanceDecision decision, Settlement settlement) {
        governor.settled(((Permit) decision).ticket(), settlement, now);
        return decision;
    }

    /** Writes so many at this moment, a byte each, and gives the last decision. */
    GovernanceDecision burst(OwnerKey key, int writes) {
        GovernanceDecision last = write(key, "data/burst/0", 1);
        for (int i = 1; i < writes; i++) {
            last = write(key, "data/burst/" + i % 200, 1);
        }
        return last;
    }

    /** Flushes what is due, all of it applied, and gives the values. */
    List<PendingValue> flush() {
        List<PendingValue> values = new ArrayList<>();
        for (FlushBatch batch : governor.flushDue(100, now)) {
            batch.items().forEach(item -> values.add(item.value()));
            governor.flushed(batch, all(batch, new Settlement.Applied(1, 9)), now);
        }
        return values;
    }

    static List<Settlement> all(FlushBatch batch, Settlement settlement) {
        return batch.items().stream().map(item -> settlement).toList();
    }

    OwnerRow row(OwnerKey key) {
        return governor.rows(now).stream()
                .filter(row -> row.webspaceId().equals(key.webspaceId())
                        && row.owner().equals(key.owner())
                        && row.directYjsWrite() == key.direct())
                .findFirst().orElseThrow();
    }

    PolicyState state(OwnerKey key) {
        return row(key).policyState();
    }
}
