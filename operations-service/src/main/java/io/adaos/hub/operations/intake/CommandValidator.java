package io.adaos.hub.operations.intake;

import io.adaos.hub.contracts.error.FieldProblem;
import io.adaos.hub.contracts.error.HubErrorCode;
import io.adaos.hub.contracts.id.ArtifactRef;
import io.adaos.hub.contracts.id.NodeId;
import io.adaos.hub.contracts.id.WebspaceId;
import io.adaos.hub.contracts.operation.OperationRequest;
import io.adaos.hub.contracts.operation.OperationState;
import io.adaos.hub.operations.lifecycle.KindRules;
import io.adaos.hub.operations.lifecycle.machine.OperationCommand;
import io.adaos.hub.operations.lifecycle.machine.TargetRef;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.function.Supplier;
import java.util.regex.Pattern;

/** Judges every member of a request and says all that is wrong at once. */
final class CommandValidator {

    static final String KIND_UNKNOWN = HubErrorCode.OPERATION_KIND_UNKNOWN.code();

    private static final Pattern VERSION = Pattern.compile(
            "(0|[1-9]\\d{0,8})(\\.(0|[1-9]\\d{0,8})){2}"
                    + "(-[0-9A-Za-z.-]{1,64})?(\\+[0-9A-Za-z.-]{1,64})?");
    private static final int SHOWN_CHARS_MAX = 100;

    private final Map<String, KindRules> kinds;
    private final Supplier<Set<NodeId>> nodes;

    /** @param nodes where operations can run now */
    CommandValidator(Map<String, KindRules> kinds, Supplier<Set<NodeId>> nodes) {
        this.kinds = new TreeMap<>(kinds);
        this.nodes = nodes;
    }

    CheckedCommand check(OperationRequest request) {
        List<FieldProblem> problems = new ArrayList<>();
        Optional<KindRules> rules = kind(request.kind(), problems);
        targetKind(request.targetKind(), rules, problems);
        targetId(request.targetId(), problems);
        version(request.version(), problems);
        WebspaceId webspace = parse("/webspace_id", request.webspaceId(), WebspaceId::of,
                problems).orElse(WebspaceId.DESKTOP);
        NodeId node = node(request.nodeId(), problems);
        int priority = priority(request.priority(), problems);
        Map<String, Object> params = request.params() == null ? Map.of() : request.params();
        rules.ifPresent(known -> problems.addAll(known.params().problems(params)));
        if (!problems.isEmpty()) {
            return new CheckedCommand.Invalid(problems);
        }
        return new CheckedCommand.Valid(new OperationCommand(rules.orElseThrow().kind(),
                new TargetRef(request.targetKind(), request.targetId(), node), request.version(),
                webspace, params, Boolean.TRUE.equals(request.queue()), priority));
    }

    private Optional<KindRules> kind(String kind, List<FieldProblem> problems) {
        String known = "Use one of " + String.join(", ", kinds.keySet());
        if (kind == null) {
            problems.add(new FieldProblem("/kind", "missing", "kind is missing", known));
            return Optional.empty();
        }
        KindRules rules = kinds.get(kind);
        if (rules == null) {
            problems.add(new FieldProblem("/kind", KIND_UNKNOWN,
                    "There is no operation kind '" + shown(kind) + "'", known));
        }
        return Optional.ofNullable(rules);
    }

    private void targetKind(
            String targetKind, Optional<KindRules> rules, List<FieldProblem> problems) {
        if (targetKind == null) {
            problems.add(new FieldProblem("/target_kind", "missing", "target_kind is missing",
                    "Use the part of the kind before the dot"));
        } else if (rules.isPresent() && !rules.get().targetKind().equals(targetKind)) {
            problems.add(new FieldProblem("/target_kind", "kind_mismatch",
                    rules.get().kind() + " does not work on '" + shown(targetKind) + "'",
                    "Use " + rules.get().targetKind()));
        }
    }

    private void targetId(String targetId, List<FieldProblem> problems) {
        if (targetId == null) {
            problems.add(new FieldProblem("/target_id", "missing", "target_id is missing",
                    "Use an id from GET /v1/catalog"));
        } else if (!ArtifactRef.NAME.matcher(targetId).matches()) {
            problems.add(new FieldProblem("/target_id", "malformed",
                    "'" + shown(targetId) + "' does not match " + ArtifactRef.NAME.pattern(),
                    "Use an id from GET /v1/catalog"));
        }
    }

    private void version(String version, List<FieldProblem> problems) {
        if (version != null && !VERSION.matcher(version).matches()) {
            problems.add(new FieldProblem("/version", "malformed",
                    "'" + shown(version) + "' is not a SemVer version",
                    "Use a version such as 1.4.0, or leave it out for the newest"));
        }
    }

    private NodeId node(String nodeId, List<FieldProblem> problems) {
        NodeId node = parse("/node_id", nodeId, NodeId::new, problems).orElse(NodeId.HUB);
        Set<NodeId> known = nodes.get();
        if (!known.contains(node)) {
            problems.add(new FieldProblem("/node_id", "node_unknown",
                    "There is no node '" + node + "' to run operations on",
                    "Use one of " + known + ", or leave it out"));
        }
        return node;
    }

    private static int priority(Integer priority, List<FieldProblem> problems) {
        if (priority == null) {
            return 0;
        }
        if (priority < OperationState.PRIORITY_MIN || priority > OperationState.PRIORITY_MAX) {
            problems.add(new FieldProblem("/priority", "out_of_range",
                    priority + " is not a priority", "Use " + OperationState.PRIORITY_MIN + " to "
                            + OperationState.PRIORITY_MAX + ", or leave it out"));
        }
        return priority;
    }

    private static <T> Optional<T> parse(String path, String text, Function<String, T> reader,
            List<FieldProblem> problems) {
        if (text == null) {
            return Optional.empty();
        }
        try {
            return Optional.of(reader.apply(text));
        } catch (IllegalArgumentException e) {
            problems.add(new FieldProblem(path, "malformed", shown(e.getMessage()),
                    "Use a documented name, or leave it out"));
            return Optional.empty();
        }
    }

    private static String shown(String text) {
        return text.length() <= SHOWN_CHARS_MAX
                ? text : text.substring(0, SHOWN_CHARS_MAX) + '…';
    }
}
