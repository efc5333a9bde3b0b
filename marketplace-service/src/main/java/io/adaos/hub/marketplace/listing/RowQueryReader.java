package io.adaos.hub.marketplace.listing;

import io.adaos.hub.contracts.catalog.ArtifactKind;
import io.adaos.hub.contracts.error.FieldProblem;
import io.adaos.hub.contracts.error.HubErrorCode;
import io.adaos.hub.contracts.error.HubException;
import io.adaos.hub.contracts.id.ArtifactRef;
import io.adaos.hub.contracts.id.NodeId;
import io.adaos.hub.contracts.listing.RowStatus;
import io.adaos.hub.marketplace.catalogview.SearchText;
import io.adaos.hub.runtime.http.PageRequest;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** Reads the texts of a query; says all that is wrong with them at once. */
final class RowQueryReader {

    private static final int QUERY_CHARS_MAX = 200;
    private static final int QUERY_WORDS_MAX = 16;
    private static final int QUOTED_CHARS_MAX = 64;
    private static final Range OFFSETS = new Range(0, Integer.MAX_VALUE, 0);
    private static final Range LIMITS =
            new Range(1, PageRequest.LIMIT_MAX, PageRequest.LIMIT_DEFAULT);
    private static final Set<RowStatus> OFFERED =
            Set.of(RowStatus.INSTALLABLE, RowStatus.UPDATE_AVAILABLE, RowStatus.BLOCKED);

    private final List<FieldProblem> problems = new ArrayList<>();

    private RowQueryReader() {
    }

    /** What a number may be, and what it is when absent. */
    private record Range(int min, int max, int absent) {
    }

    /** The texts of a query as they came; null where absent. */
    record Texts(String kind, String q, String status, String nodeId, String offset, String limit,
            String minSequence) {
    }

    /** The question, or a {@link HubException} with every fault. */
    static RowQuery read(Texts texts) {
        return new RowQueryReader().query(texts);
    }

    /** The question for one artifact; kind is required, other members than these are not read. */
    static ArtifactQuery readArtifact(
            String kind, String id, String nodeId, String minSequence) {
        return new RowQueryReader().artifact(kind, id, nodeId, minSequence);
    }

    private RowQuery query(Texts texts) {
        RowFilter filter = new RowFilter(
                kind(texts.kind()), statuses(texts.status()), words(texts.q()));
        RowQuery query = new RowQuery(
                filter,
                node(texts.nodeId()),
                number("offset", texts.offset(), OFFSETS),
                number("limit", texts.limit(), LIMITS),
                minSequence(texts.minSequence()));
        refuseProblems();
        return query;
    }

    private ArtifactQuery artifact(String kind, String id, String nodeId, String minSequence) {
        Optional<ArtifactKind> known = kind(kind);
        if (!ArtifactRef.NAME.matcher(id).matches()) {
            refuse("id", "malformed", "must match " + ArtifactRef.NAME.pattern() + got(id),
                    "Take the id from the list");
        }
        NodeId node = node(nodeId);
        Optional<MinSequence> atLeast = minSequence(minSequence);
        refuseProblems();
        return new ArtifactQuery(new ArtifactRef(known.orElseThrow().wire(), id), node, atLeast);
    }

    private void refuseProblems() {
        if (!problems.isEmpty()) {
            throw new HubException(HubErrorCode.REQUEST_INVALID,
                    problems.size() == 1
                            ? "A parameter is not valid: " + problems.get(0).path()
                            : problems.size() + " parameters are not valid",
                    problems);
        }
    }

    private Optional<ArtifactKind> kind(String text) {
        if (isAbsent(text)) {
            return Optional.empty();
        }
        Optional<ArtifactKind> kind = ArtifactKind.parse(text);
        if (kind.isEmpty()) {
            refuse("kind", "unknown_value", "must be skill or scenario" + got(text),
                    "Use skill or scenario, or leave kind out for both");
        }
        return kind;
    }

    private Set<RowStatus> statuses(String text) {
        if (isAbsent(text)) {
            return OFFERED;
        }
        if ("all".equals(text)) {
            return Set.of(RowStatus.values());
        }
        Optional<RowStatus> status = Arrays.stream(RowStatus.values())
                .filter(known -> known.wire().equals(text))
                .findFirst();
        if (status.isEmpty()) {
            refuse("status", "unknown_value",
                    "must be all, installable, installed, update_available or blocked"
                            + got(text),
                    "Leave status out for everything but what is installed and up to date");
        }
        return status.map(Set::of).orElse(OFFERED);
    }

    private List<String> words(String text) {
        if (isAbsent(text)) {
            return List.of();
        }
        if (text.length() > QUERY_CHARS_MAX) {
            refuse("q", "too_long", "must have at most " + QUERY_CHARS_MAX + " characters, got "
                    + text.length(), "Search for fewer words");
            return List.of();
        }
        List<String> words = Arrays.stream(SearchText.fold(text).split("[\\s\\p{Z}]+"))
                .filter(word -> !word.isEmpty())
                .distinct()
                .toList();
        if (words.size() > QUERY_WORDS_MAX) {
            refuse("q", "too_long", "must have at most " + QUERY_WORDS_MAX + " words, got "
                    + words.size(), "Search for fewer words");
        }
        return words;
    }

    private NodeId node(String text) {
        if (isAbsent(text)) {
            return NodeId.HUB;
        }
        if (!ArtifactRef.NAME.matcher(text).matches()) {
            refuse("node_id", "malformed", "must match " + ArtifactRef.NAME.pattern() + got(text),
                    "Leave node_id out for the hub itself");
            return NodeId.HUB;
        }
        return new NodeId(text);
    }

    private int number(String name, String text, Range range) {
        if (isAbsent(text)) {
            return range.absent();
        }
        try {
            int number = Integer.parseInt(text);
            if (number >= range.min() && number <= range.max()) {
                return number;
            }
        } catch (NumberFormatException e) {
            // falls through to the same refusal: what counts is the range that would be taken
        }
        refuse(name, "out_of_range",
                "must be a whole number from " + range.min() + " to " + range.max() + got(text),
                "Leave " + name + " out for " + range.absent());
        return range.absent();
    }

    private Optional<MinSequence> minSequence(String text) {
        if (isAbsent(text)) {
            return Optional.empty();
        }
        Optional<MinSequence> position = MinSequence.parse(text);
        if (position.isEmpty()) {
            refuse("min_sequence", "malformed",
                    "must be registry:N or operations:N" + got(text),
                    "Take N from the sequence of an answer of that service");
        }
        return position;
    }

    private void refuse(String path, String code, String message, String remedy) {
        problems.add(new FieldProblem(path, code, path + ' ' + message, remedy));
    }

    private static boolean isAbsent(String text) {
        return text == null || text.isEmpty();
    }

    /** Quotes what came, cut: it is sent back to whoever sent it. */
    private static String got(String text) {
        return ", got '" + (text.length() > QUOTED_CHARS_MAX
                ? text.substring(0, QUOTED_CHARS_MAX) + "…" : text) + "'";
    }
}
