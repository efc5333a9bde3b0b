package io.adaos.hub.operations.work.remote;

import io.adaos.hub.contracts.catalog.ArtifactKind;
import io.adaos.hub.contracts.id.NodeId;
import io.adaos.hub.contracts.id.OperationId;
import io.adaos.hub.contracts.operation.InstalledArtifact;
import io.adaos.hub.contracts.operation.OperationKind;
import io.adaos.hub.operations.execution.OperationProgress;
import io.adaos.hub.operations.install.ArtifactVersion;
import io.adaos.hub.operations.install.InstallSteps;
import io.adaos.hub.operations.install.InstalledStore;
import io.adaos.hub.operations.install.NodeWorkspace;
import io.adaos.hub.operations.work.WorkDesk;
import io.adaos.hub.operations.work.WorkOrder;
import io.adaos.hub.operations.work.WorkTask;
import io.adaos.hub.runtime.archive.ArchiveLimits;
import io.adaos.hub.runtime.workspace.ArtifactPlace;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** The workspace of a node that a worker looks after: every call is work ordered there. */
public final class RemoteWorkspace implements NodeWorkspace {

    private static final Duration STORE_WAIT = Duration.ofSeconds(15);

    private final NodeId node;
    private final WorkDesk desk;
    private final InstalledStore installed;
    private final ArchiveLimits limits;

    /** @param limits the worker unpacks within the limits of the service */
    public RemoteWorkspace(
            NodeId node, WorkDesk desk, InstalledStore installed, ArchiveLimits limits) {
        this.node = node;
        this.desk = desk;
        this.installed = installed;
        this.limits = limits;
    }

    @Override
    public void prepare(ArtifactKind kind) {
        // a worker mends its workspace when it starts, and after it was cut off
    }

    @Override
    public void stage(OperationProgress progress, ArtifactPlace place, ArtifactVersion version) {
        InstallSteps step = InstallSteps.FETCH;
        progress.step(step, step.percent(), "Fetching " + version.name() + ' '
                + version.version() + " on " + node);
        Map<String, Object> args = args(place);
        args.put("id", version.id());
        args.put("version", version.version());
        args.put("digest", version.digest());
        args.put("content_digest", version.contentDigest());
        args.put("limits", Map.of("archive_bytes_max", limits.archiveBytesMax(),
                "unpacked_bytes_max", limits.unpackedBytesMax(),
                "files_max", limits.filesMax()));
        WorkOrder.Share share = new WorkOrder.Share(step.wire(), step.percent(),
                InstallSteps.ACTIVATE.percent(), step.canCancel());
        desk.result(progress, new WorkOrder(operation(progress),
                key("stage", place) + ':' + version.contentDigest(), node,
                progress.operation().state().kind(), WorkTask.STAGE,
                new WorkOrder.Subject(label(place), args), Optional.of(share)));
    }

    @Override
    public void link(OperationProgress progress, ArtifactPlace place, Turn turn) {
        Map<String, Object> args = args(place);
        args.put("content_digest", installed.withName(node, place.kind(), place.name())
                .await().atMost(STORE_WAIT).stream()
                .map(InstalledArtifact::contentDigest).findFirst().orElse(null));
        desk.result(progress, new WorkOrder(operation(progress),
                key(turn.name().toLowerCase(Locale.ROOT), place), node,
                progress.operation().state().kind(), WorkTask.LINK,
                new WorkOrder.Subject(label(place), args), Optional.empty()));
    }

    @Override
    public void settle(OperationId operation, Set<ArtifactPlace> places) {
        for (ArtifactPlace place : places) {
            // whoever has stopped half-way: the node looks at the record again
            desk.leave(new WorkOrder(operation, key("settle", place), node, install(place),
                    WorkTask.SETTLE, new WorkOrder.Subject(label(place), args(place)),
                    Optional.empty()));
        }
    }

    @Override
    public void collect(OperationProgress progress, ArtifactPlace place, Set<String> keep) {
        Map<String, Object> args = args(place);
        args.put("keep", keep.stream().sorted().toList());
        desk.leave(new WorkOrder(operation(progress),
                key("collect", place), node, progress.operation().state().kind(),
                WorkTask.COLLECT, new WorkOrder.Subject(label(place), args), Optional.empty()));
    }

    private static OperationId operation(OperationProgress progress) {
        return progress.operation().state().operationId();
    }

    private static Map<String, Object> args(ArtifactPlace place) {
        Map<String, Object> args = new LinkedHashMap<>();
        args.put("kind", place.kind().wire());
        args.put("name", place.name());
        return args;
    }

    private static String key(String what, ArtifactPlace place) {
        return what + ':' + label(place);
    }

    private static String label(ArtifactPlace place) {
        return place.kind().wire() + ':' + place.name();
    }

    /** Nobody waits for it, so that its kind only says which workers can do it. */
    private static OperationKind install(ArtifactPlace place) {
        return new OperationKind(place.kind().wire() + ".install");
    }
}
