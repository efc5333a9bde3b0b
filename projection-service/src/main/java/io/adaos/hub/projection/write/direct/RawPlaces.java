package io.adaos.hub.projection.write.direct;

import io.adaos.hub.contracts.rules.DirectWriteGrant;
import io.adaos.hub.contracts.rules.ProjectionPath;
import io.adaos.hub.projection.crdt.DocPath;
import io.adaos.hub.projection.crdt.UpdatePreview;
import io.adaos.hub.projection.governance.direct.DirectWriteMode;
import io.adaos.hub.projection.governance.direct.DirectWriteRules;
import io.adaos.hub.projection.governance.evidence.WriteReason;
import io.adaos.hub.projection.rules.RuleBook;
import io.adaos.hub.projection.rules.RuleLayer;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;

/** Says where whose raw updates may go. */
final class RawPlaces {

    /*
     * Notes on people.
     *
     * A skill's manifest says where it may write; a person has none. What skills opened for raw
     * updates is open to people, too: there, and nowhere else, a branch is never rotated under
     * somebody who has it open.
     */

    private static final DirectWriteRules PEOPLE = new DirectWriteRules(DirectWriteMode.ENFORCE);
    private static final String NO_SKILL = "";
    private static final List<String> UNKNOWN = List.of();

    private final DirectWriteRules rules;
    private final Supplier<RuleBook> book;

    RawPlaces(DirectWriteRules rules, Supplier<RuleBook> book) {
        this.rules = rules;
        this.book = book;
    }

    /**
     * Why an update must not be applied.
     *
     * @param path the worst of its paths; empty when it cannot be known
     */
    record Fault(WriteReason reason, List<String> path) {
    }

    /** The places an update touches; the empty place stands for more of them than can be known. */
    static List<List<String>> touched(UpdatePreview effect) {
        return effect.isComplete()
                ? effect.touched().stream().map(DocPath::keys).distinct().toList()
                : List.of(UNKNOWN);
    }

    /** What is wrong with an update that touches these places. */
    Optional<Fault> fault(RawWriter writer, List<List<String>> touched, Instant now) {
        return switch (writer.kind()) {
            case OPERATOR -> Optional.empty();
            case READER -> Optional.of(new Fault(WriteReason.PATH_NOT_ALLOWED,
                    touched.isEmpty() ? UNKNOWN : touched.get(0)));
            case SKILL -> ofSkill(writer, touched, now);
            case PERSON -> ofPerson(touched, now);
        };
    }

    private Optional<Fault> ofSkill(
            RawWriter writer, List<List<String>> touched, Instant now) {
        RuleBook known = book.get();
        if (!known.isComplete() || known.pending().contains(writer.skill())) {
            return Optional.of(new Fault(WriteReason.POLICY_UNAVAILABLE, UNKNOWN));
        }
        DirectWriteRules.Verdict verdict = rules.judge(writer.skill().id(),
                known.layer(writer.skill()).map(RuleLayer::rules)
                        .flatMap(declared -> declared.directWrites()),
                touched, now);
        return verdict.isRefused()
                ? Optional.of(new Fault(verdict.reason().orElseThrow(), verdict.path()))
                : Optional.empty();
    }

    private Optional<Fault> ofPerson(List<List<String>> touched, Instant now) {
        RuleBook known = book.get();
        if (!known.isComplete()) {
            return Optional.of(new Fault(WriteReason.POLICY_UNAVAILABLE, UNKNOWN));
        }
        List<ProjectionPath> open = known.layers().stream()
                .flatMap(layer -> layer.rules().directWrites().stream())
                .filter(grant -> grant.isOpen(now))
                .flatMap(grant -> grant.paths().stream()).toList();
        DirectWriteRules.Verdict verdict = PEOPLE.judge(NO_SKILL,
                Optional.of(new DirectWriteGrant(open, Optional.empty())), touched, now);
        return verdict.reason().map(reason -> new Fault(reason, verdict.path()));
    }
}
