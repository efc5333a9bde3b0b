package io.adaos.hub.projection.write.ingress;

import io.adaos.hub.contracts.error.HubErrorCode;
import io.adaos.hub.contracts.error.HubException;
import io.adaos.hub.contracts.rules.RuleBudget;
import io.adaos.hub.projection.governance.GovernanceDecision;
import io.adaos.hub.projection.governance.evidence.WriteReason;
import io.adaos.hub.projection.room.mailbox.WriteOutcome;
import io.adaos.hub.projection.write.body.ValueSize;
import io.adaos.hub.projection.ystore.lease.NotOwnerException;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Why a write was not done.
 *
 * @param observed what was measured, where the reason is a limit
 * @param limit what it was compared with
 * @param retryAfterMillis when the same write may pass at the earliest, where time helps
 * @param ownerAddress the replica to ask instead
 */
public record WriteRefusal(HubErrorCode code, String detail, Optional<Number> observed,
        Optional<Number> limit, Optional<Long> retryAfterMillis, Optional<String> ownerAddress) {

    /** A client that is refused for the state of the hub asks again after this time. */
    private static final long SOON_MILLIS = 1_000;

    /** One without numbers. */
    public static WriteRefusal of(HubErrorCode code, String detail) {
        return new WriteRefusal(code, detail, Optional.empty(), Optional.empty(),
                code.retryable() ? Optional.of(SOON_MILLIS) : Optional.empty(), Optional.empty());
    }

    /** The value is above its budget, or above all budgets. */
    public static WriteRefusal tooLarge(ValueSize size, RuleBudget budget) {
        ValueSize.Excess excess = size.over(budget)
                .orElseGet(() -> new ValueSize.Excess("bytes", size.bytes(), budget.maxBytes()));
        return new WriteRefusal(HubErrorCode.PAYLOAD_BUDGET_EXCEEDED,
                "The value has " + excess.observed() + ' ' + excess.what() + ", its rule allows "
                        + excess.limit() + "; what was there stays",
                Optional.of(excess.observed()), Optional.of(excess.limit()), Optional.empty(),
                Optional.empty());
    }

    /** There is no place left for the value. */
    public static WriteRefusal full(String what, long observed, long limit) {
        return new WriteRefusal(HubErrorCode.PAYLOAD_BUDGET_EXCEEDED,
                "All values together would have " + observed + ' ' + what + ", allowed are "
                        + limit + "; what was there stays",
                Optional.of(observed), Optional.of(limit), Optional.empty(), Optional.empty());
    }

    /** Another replica owns the webspace. */
    static WriteRefusal elsewhere(NotOwnerException owner) {
        return new WriteRefusal(HubErrorCode.NOT_OWNER, owner.getMessage(), Optional.empty(),
                Optional.empty(), Optional.of(owner.waitAtMost().toMillis()),
                Optional.of(owner.address()));
    }

    /** What the governor refused; a limit of 0 says that there is no number. */
    public static WriteRefusal of(GovernanceDecision.Refuse refusal) {
        boolean measured = refusal.limit() > 0;
        HubErrorCode code = codeOf(refusal.reason());
        Optional<Long> wait = refusal.retryAfterMillis() > 0
                ? Optional.of(refusal.retryAfterMillis())
                : of(code, "").retryAfterMillis();
        return new WriteRefusal(code,
                "The owner is in state " + refusal.evidence().policyState().wire()
                        + ": " + code.remedy(),
                measured ? Optional.of(refusal.observed()) : Optional.empty(),
                measured ? Optional.of(refusal.limit()) : Optional.empty(), wait, Optional.empty());
    }

    static WriteRefusal of(WriteOutcome.Refused refusal) {
        return of(codeOf(refusal.reason()), refusal.detail());
    }

    /** The word in counters and evidence. */
    public WriteReason reason() {
        return code == HubErrorCode.NOT_OWNER
                ? WriteReason.STORE_UNAVAILABLE : WriteReason.valueOf(code.name());
    }

    /**
     * The refusal with the members of an answer.
     *
     * @param owner empty text when there is none
     * @param path empty text when it is not known
     */
    public HubException problem(String owner, String path, long nowMillis) {
        Map<String, Object> members = new LinkedHashMap<>();
        members.put("outcome", WriteAnswer.Outcome.REFUSED.wire());
        members.put("reason", code.code());
        if (!owner.isEmpty()) {
            members.put("owner", owner);
        }
        if (!path.isEmpty()) {
            members.put("path", path);
        }
        observed.ifPresent(number -> members.put("observed", number));
        ownerAddress.ifPresent(address -> members.put("owner_address", address));
        limit.ifPresent(number -> members.put("limit", number));
        retryAfterMillis.ifPresent(millis -> {
            members.put("retry_after_ms", millis);
            members.put("until", Instant.ofEpochMilli(nowMillis + millis).toString());
        });
        HubException problem = new HubException(code, detail, List.of(), members);
        return retryAfterMillis.isPresent()
                ? problem.after(Duration.ofMillis(retryAfterMillis.get())) : problem;
    }

    private static HubErrorCode codeOf(WriteReason reason) {
        return reason == WriteReason.DEPRECATED_DIRECT_SKILL_YJS_WRITE
                ? HubErrorCode.PATH_NOT_ALLOWED : HubErrorCode.valueOf(reason.name());
    }

    /** The code of what a room refuses. */
    public static HubErrorCode codeOf(WriteOutcome.Reason reason) {
        return switch (reason) {
            case MAILBOX_FULL -> HubErrorCode.MAILBOX_FULL;
            case STORE_UNAVAILABLE, ROOM_CLOSED -> HubErrorCode.STORE_UNAVAILABLE;
            case NOT_ALLOWED -> HubErrorCode.PATH_NOT_ALLOWED;
            case MALFORMED, GAP -> HubErrorCode.VALUE_INVALID;
        };
    }
}
