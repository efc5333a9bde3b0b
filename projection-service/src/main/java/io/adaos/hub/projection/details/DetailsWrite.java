package io.adaos.hub.projection.details;

import io.adaos.hub.contracts.error.HubErrorCode;
import io.adaos.hub.contracts.error.HubException;
import io.adaos.hub.contracts.id.ArtifactRef;
import io.adaos.hub.contracts.id.WebspaceId;
import io.adaos.hub.contracts.rules.RuleBudget;
import io.adaos.hub.projection.governance.evidence.OwnerKey;
import io.adaos.hub.projection.governance.evidence.WriteAttempt;
import io.adaos.hub.projection.governance.evidence.WriteCause;
import io.adaos.hub.projection.governance.evidence.WriteOrigin;
import io.adaos.hub.projection.rules.RuleBook;
import io.adaos.hub.projection.rules.RuleLayer;
import io.adaos.hub.projection.write.body.BodyValue;
import io.adaos.hub.projection.write.body.Fingerprint;
import io.adaos.hub.projection.write.body.ValueSize;
import io.adaos.hub.projection.write.ingress.WriteRefusal;
import io.adaos.hub.projection.write.ingress.Writer;
import java.util.Optional;

/** One write of details, with all that speaks for it and against it before it is judged. */
record DetailsWrite(Writer writer, Asked asked, BodyValue value) {

    private static final String SOURCE = "details";
    private static final String CHANNEL = "http";

    /** What a client sent; credential is the subject of its key. */
    record Asked(WebspaceId webspace, String slot, String credential, byte[] body,
            Preconditions conditions, String correlationId) {
    }

    /** The address in answers and evidence. */
    String path() {
        return "details/" + asked.slot();
    }

    ValueSize size() {
        if (value instanceof BodyValue.Plain plain) {
            return plain.size();
        }
        return value instanceof BodyValue.Oversized oversized
                ? oversized.size() : new ValueSize(0, 0, 0, 0);
    }

    /** For the governor. */
    WriteAttempt attempt(boolean webspaceExists) {
        OwnerKey key = webspaceExists ? OwnerKey.of(asked.webspace(), writer.owner())
                : OwnerKey.nowhere(writer.owner());
        long fingerprint = value instanceof BodyValue.Plain plain
                ? Fingerprint.of(plain.plain()) : 0;
        return WriteAttempt.governed(key, path(),
                new WriteAttempt.Value(size().bytes(), fingerprint),
                new WriteOrigin(WriteCause.SKILL_PROJECTION, SOURCE, CHANNEL,
                        asked.correlationId(), 0));
    }

    /** Why it goes no further, if so, although somebody declares the slot. */
    Optional<WriteRefusal> fault(
            DetailsRules.Declared.By declared, RuleBook book, boolean webspaceExists) {
        if (isForeign(declared.layer(), book)) {
            return refusal(HubErrorCode.WRONG_OWNER,
                    "The details of this slot belong to " + declared.layer().owner());
        }
        if (!webspaceExists) {
            return refusal(HubErrorCode.WEBSPACE_UNKNOWN,
                    "There is no webspace '" + asked.webspace() + "'");
        }
        if (value instanceof BodyValue.Invalid invalid) {
            return refusal(HubErrorCode.VALUE_INVALID, invalid.detail());
        }
        RuleBudget budget = declared.budget();
        return value instanceof BodyValue.Plain plain && plain.size().over(budget).isEmpty()
                ? Optional.empty() : Optional.of(WriteRefusal.tooLarge(size(), budget));
    }

    /** The error for this writer. */
    HubException problem(WriteRefusal refusal, long nowMillis) {
        return refusal.problem(writer.owner().value(), path(), nowMillis);
    }

    /** A skill writes what it declares, and what scenarios declare; people write no details. */
    private boolean isForeign(RuleLayer declaring, RuleBook book) {
        if (writer.isTrusted()) {
            return false;
        }
        Optional<ArtifactRef> skill = writer.skill();
        return skill.isEmpty() || declaring.owner().kind().equals("skill")
                && !declaring.owner().equals(skill.get())
                && book.layer(skill.get())
                        .flatMap(own -> DetailsRules.budget(own.rules(), asked.slot())).isEmpty();
    }

    private static Optional<WriteRefusal> refusal(HubErrorCode code, String detail) {
        return Optional.of(WriteRefusal.of(code, detail));
    }
}
