package io.adaos.hub.projection.details;

import io.adaos.hub.contracts.error.HubErrorCode;
import io.adaos.hub.contracts.error.HubException;
import io.adaos.hub.contracts.id.WebspaceId;
import io.adaos.hub.projection.details.DetailsRules.Declared;
import io.adaos.hub.projection.details.DetailsShelf.Verdict;
import io.adaos.hub.projection.governance.GovernanceDecision;
import io.adaos.hub.projection.governance.Settlement;
import io.adaos.hub.projection.governance.WriteGovernor;
import io.adaos.hub.projection.governance.WriteTicket;
import io.adaos.hub.projection.governance.edge.SteadyClock;
import io.adaos.hub.projection.governance.evidence.WriteAttempt;
import io.adaos.hub.projection.governance.evidence.WriteCause;
import io.adaos.hub.projection.governance.evidence.WriteReason;
import io.adaos.hub.projection.rules.RuleBook;
import io.adaos.hub.projection.rules.follow.InstalledRulesService;
import io.adaos.hub.projection.write.body.BodyReader;
import io.adaos.hub.projection.write.body.BodyValue;
import io.adaos.hub.projection.write.body.WriteWait;
import io.adaos.hub.projection.write.diagnostics.MissService;
import io.adaos.hub.projection.write.ingress.WriteAnswer;
import io.adaos.hub.projection.write.ingress.WriteRefusal;
import io.adaos.hub.projection.write.ingress.Writer;
import io.smallrye.mutiny.Uni;
import jakarta.inject.Singleton;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;

/** Takes writes of details through the steps of any governed write, and answers readers. */
@Singleton
public final class DetailsService {

    private static final String SCOPE = "details";

    private final InstalledRulesService rules;
    private final MissService misses;
    private final WriteGovernor governor;
    private final SteadyClock clock;
    private final PgDetailsStore store;

    DetailsService(InstalledRulesService rules, MissService misses, WriteGovernor governor,
            SteadyClock clock, PgDetailsStore store) {
        this.rules = rules;
        this.misses = misses;
        this.governor = governor;
        this.clock = clock;
        this.store = store;
    }

    /** What a write has come to, and the tag of what is there now. */
    record Written(DetailsAnswer answer, String etag) {
    }

    /** Writes; fails with a problem body that has the members of a refused write. */
    Uni<Written> put(Writer.Identified who, DetailsWrite.Asked asked) {
        if (who.writer().isEmpty()) {
            misses.ownerMissing(asked.credential());
            return Uni.createFrom().failure(
                    who.refusal().orElseThrow().problem("", "", clock.millis()));
        }
        DetailsWrite write = new DetailsWrite(
                who.writer().get(), asked, BodyReader.value(asked.body()));
        return store.exists(asked.webspace()).chain(exists -> judged(write, exists));
    }

    /** What a reader finds. */
    Uni<DetailsValue> get(WebspaceId webspace, String slot) {
        Declared declared = DetailsRules.find(rules.book(), webspace, slot);
        if (declared instanceof Declared.By by) {
            return store.read(new PgDetailsStore.Place(webspace, by.layer().owner(), slot))
                    .map(reading -> found(reading, webspace, slot));
        }
        return Uni.createFrom().failure(declared instanceof Declared.Unknown unknown
                ? new HubException(HubErrorCode.POLICY_UNAVAILABLE, unknown.detail())
                : new HubException(HubErrorCode.PROJECTION_RULE_MISSING, missing(webspace, slot)));
    }

    private static DetailsValue found(
            PgDetailsStore.Reading reading, WebspaceId webspace, String slot) {
        if (reading instanceof PgDetailsStore.Reading.Found found) {
            return found.value();
        }
        throw reading instanceof PgDetailsStore.Reading.Nothing
                ? new HubException(HubErrorCode.NOT_FOUND,
                        "No details of slot '" + slot + "' were written yet")
                : new HubException(HubErrorCode.WEBSPACE_UNKNOWN,
                        "There is no webspace '" + webspace + "'");
    }

    private Uni<Written> judged(DetailsWrite write, boolean exists) {
        RuleBook book = rules.book();
        WriteAttempt attempt = write.attempt(exists);
        Declared declared = DetailsRules.find(
                book, write.asked().webspace(), write.asked().slot());
        if (declared instanceof Declared.Nobody) {
            throw ruleMissing(write, attempt, book);
        }
        if (declared instanceof Declared.Unknown unknown) {
            throw refused(write, attempt,
                    WriteRefusal.of(HubErrorCode.POLICY_UNAVAILABLE, unknown.detail()));
        }
        Declared.By by = (Declared.By) declared;
        write.fault(by, book, exists).ifPresent(refusal -> {
            throw refused(write, attempt, refusal);
        });
        DetailsValue value = DetailsValue.of(((BodyValue.Plain) write.value()).plain());
        GovernanceDecision decision = governor.judge(attempt, clock.millis());
        if (decision instanceof GovernanceDecision.Permit permit) {
            return kept(write, by, value, permit.ticket());
        }
        throw write.problem(WriteRefusal.of((GovernanceDecision.Refuse) decision),
                clock.millis());
    }

    private HubException ruleMissing(DetailsWrite write, WriteAttempt attempt, RuleBook book) {
        DetailsWrite.Asked asked = write.asked();
        governor.ruleMissing(attempt.key(), WriteCause.SKILL_PROJECTION, clock.millis());
        misses.ruleMissing(new MissService.Slot(asked.webspace(), write.writer().owner(), SCOPE,
                asked.slot()), attempt.bytes(), book);
        return write.problem(WriteRefusal.of(HubErrorCode.PROJECTION_RULE_MISSING,
                missing(asked.webspace(), asked.slot())), clock.millis());
    }

    private static String missing(WebspaceId webspace, String slot) {
        return "Nobody declares details of slot '" + slot + "' in webspace '" + webspace
                + "'; declare runtime.yjs.details or a data route of kind details";
    }

    private HubException refused(DetailsWrite write, WriteAttempt attempt, WriteRefusal refusal) {
        governor.refuse(attempt, refusal.reason(), clock.millis());
        return write.problem(refusal, clock.millis());
    }

    /** The ticket is settled also when nobody waits for the answer any more. */
    private Uni<Written> kept(
            DetailsWrite write, Declared.By by, DetailsValue value, WriteTicket ticket) {
        DetailsWrite.Asked asked = write.asked();
        PgDetailsStore.Place place = new PgDetailsStore.Place(
                asked.webspace(), by.layer().owner(), asked.slot());
        PgDetailsStore.Change change = new PgDetailsStore.Change(value, write.writer().owner(),
                asked.conditions(),
                slot -> DetailsRules.budget(by.layer().rules(), slot).isPresent());
        CompletableFuture<Written> done = store.put(place, change).subscribeAsCompletionStage()
                .handle((verdict, failure) -> {
                    governor.settled(ticket, failure == null
                            ? settlement(verdict, write.size().bytes())
                            : new Settlement.Refused(WriteReason.STORE_UNAVAILABLE),
                            clock.millis());
                    return answer(write, value, verdict, failure);
                });
        return Uni.createFrom().completionStage(() -> done.thenApply(written -> written));
    }

    private static Settlement settlement(Verdict verdict, long bytes) {
        if (verdict instanceof Verdict.Fits) {
            return new Settlement.Applied(bytes, 0);
        }
        if (verdict instanceof Verdict.Same) {
            return new Settlement.Unchanged();
        }
        if (verdict instanceof Verdict.Stale) {
            return new Settlement.Coalesced();
        }
        return new Settlement.Refused(verdict instanceof Verdict.Full
                ? WriteReason.PAYLOAD_BUDGET_EXCEEDED : WriteReason.PATH_NOT_ALLOWED);
    }

    private Written answer(
            DetailsWrite write, DetailsValue value, Verdict verdict, Throwable failure) {
        if (failure instanceof HubException away) {
            throw write.problem(WriteRefusal.of(away.code(), away.getMessage()), clock.millis());
        }
        if (failure != null) {
            throw new CompletionException(failure);
        }
        if (verdict instanceof Verdict.Fits || verdict instanceof Verdict.Same) {
            return new Written(new DetailsAnswer(
                    verdict instanceof Verdict.Fits ? WriteAnswer.Outcome.APPLIED
                            : WriteAnswer.Outcome.UNCHANGED,
                    WriteWait.Level.DURABLE, write.asked().webspace(), write.writer().owner(),
                    write.path(), value.json().length, write.asked().correlationId()),
                    value.etag());
        }
        if (verdict instanceof Verdict.Stale stale) {
            throw new HubException(HubErrorCode.PRECONDITION_FAILED, stale.etag().isPresent()
                    ? "The details are in another state by now"
                    : "There are no details yet", List.of(), stale.etag()
                            .<Map<String, Object>>map(etag -> Map.of("etag", etag))
                            .orElseGet(Map::of));
        }
        throw write.problem(verdict instanceof Verdict.Full full
                ? WriteRefusal.full(full.what(), full.observed(), full.limit())
                : WriteRefusal.of(HubErrorCode.PATH_NOT_ALLOWED,
                        "The artifact was uninstalled while the value came"), clock.millis());
    }
}
