package io.adaos.hub.projection.write.direct;

import io.adaos.hub.contracts.id.NodeId;
import io.adaos.hub.contracts.id.WebspaceId;
import io.adaos.hub.projection.crdt.DocPath;
import io.adaos.hub.projection.crdt.UpdatePreview;
import io.adaos.hub.projection.governance.direct.DirectWriteRules;
import io.adaos.hub.projection.governance.evidence.WriteReason;
import io.adaos.hub.projection.rules.RuleBook;
import io.adaos.hub.projection.rules.RuleLayer;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;

/** Says where whose raw updates may go. */
final class RawPlaces {

    /*
     * Notes on people.
     *
     * A skill's manifest says where it may write; a person has none. Over HTTP a person writes
     * declared slots, so by raw updates it writes below the places these slots lead to, whatever
     * the node, and never a broad branch.
     */

    private static final List<String> NODES = List.of("data", "nodes");
    private static final List<String> DESKTOP = List.of("data", "desktop");
    private static final int BROAD_SEGMENTS = 2;
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
    Optional<Fault> fault(
            RawWriter writer, WebspaceId webspace, List<List<String>> touched, Instant now) {
        return switch (writer.kind()) {
            case OPERATOR -> Optional.empty();
            case READER -> Optional.of(new Fault(WriteReason.PATH_NOT_ALLOWED,
                    touched.isEmpty() ? UNKNOWN : touched.get(0)));
            case SKILL -> ofSkill(writer, touched, now);
            case PERSON -> ofPerson(writer, webspace, touched);
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

    private Optional<Fault> ofPerson(
            RawWriter writer, WebspaceId webspace, List<List<String>> touched) {
        RuleBook known = book.get();
        if (!known.isComplete()) {
            return Optional.of(new Fault(WriteReason.POLICY_UNAVAILABLE, UNKNOWN));
        }
        Map<NodeId, Set<List<String>>> places = new HashMap<>();
        Optional<Fault> worst = Optional.empty();
        for (List<String> path : touched) {
            if (path.size() <= BROAD_SEGMENTS
                    || path.subList(0, BROAD_SEGMENTS).equals(DESKTOP)) {
                return Optional.of(new Fault(WriteReason.BROAD_BRANCH_REWRITE, path));
            }
            Set<List<String>> declared = places.computeIfAbsent(
                    nodeOf(path), node -> known.places(webspace, node, writer.user()));
            if (worst.isEmpty() && !isBelowAny(declared, path)) {
                worst = Optional.of(new Fault(WriteReason.PATH_NOT_ALLOWED, path));
            }
        }
        return worst;
    }

    private static boolean isBelowAny(Set<List<String>> declared, List<String> path) {
        for (int length = 2; length <= path.size(); length++) {
            if (declared.contains(path.subList(0, length))) {
                return true;
            }
        }
        return false;
    }

    /** A node that cannot be is none: what lies below it is declared nowhere. */
    private static NodeId nodeOf(List<String> path) {
        try {
            return path.subList(0, NODES.size()).equals(NODES)
                    ? new NodeId(path.get(NODES.size())) : NodeId.HUB;
        } catch (IllegalArgumentException e) {
            return NodeId.HUB;
        }
    }
}
