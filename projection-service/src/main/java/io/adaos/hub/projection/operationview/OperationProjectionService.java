package io.adaos.hub.projection.operationview;

import com.fasterxml.jackson.databind.JsonNode;
import io.adaos.hub.contracts.bus.EventEnvelope;
import io.adaos.hub.contracts.bus.ServiceHead;
import io.adaos.hub.contracts.error.HubErrorCode;
import io.adaos.hub.contracts.id.OwnerId;
import io.adaos.hub.contracts.id.WebspaceId;
import io.adaos.hub.contracts.notification.OperationNotification;
import io.adaos.hub.contracts.operation.OperationChanged;
import io.adaos.hub.contracts.operation.OperationState;
import io.adaos.hub.projection.governance.evidence.WriteCause;
import io.adaos.hub.projection.write.CoreWrite;
import io.adaos.hub.projection.write.ProjectionService;
import io.adaos.hub.projection.write.ProjectionWrite;
import io.adaos.hub.projection.write.WriteReceipt;
import io.adaos.hub.runtime.bus.EventCodec;
import io.adaos.hub.runtime.outbox.FollowState;
import io.adaos.hub.runtime.outbox.SequencedReader;
import io.quarkus.runtime.ShutdownEvent;
import io.quarkus.runtime.StartupEvent;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import org.jboss.logging.Logger;

/**
 * Shows operations and notifications in the documents of their webspaces: follows
 * operations-service and writes what differs. Holds no truth; a lost document is filled again.
 */
@ApplicationScoped
public class OperationProjectionService {

    private static final Logger LOG = Logger.getLogger(OperationProjectionService.class);

    private static final String CHANGED = "io.adaos.hub.operation.changed.v1";
    private static final String NOTIFIED = "io.adaos.hub.operation.notified.v1";
    private static final OwnerId OWNER = new OwnerId("core:operations");

    /** Views that are kept although their webspace does not exist. */
    private static final int HOMELESS_MAX = 100;

    /** A document that was replaced or edited behind our back is put right after this time. */
    private static final long COMPARE_EVERY_MILLIS = 10_000;

    private final ProjectionService projections;
    private final SequencedReader<ListedOperations> reader;
    private final ScheduledExecutorService thread = Executors.newSingleThreadScheduledExecutor(
            task -> {
                Thread made = new Thread(task, "operation-view");
                made.setDaemon(true);
                return made;
            });
    private final long bornNanos = System.nanoTime();

    // only on the thread above
    private final Map<WebspaceId, WebspaceView> views = new HashMap<>();

    OperationProjectionService(HttpOperationsLoader loader, ProjectionService projections) {
        this.projections = projections;
        this.reader = new SequencedReader<>("operations", loader::list, new Sink());
    }

    void onStart(@Observes StartupEvent event) {
        reader.start();
        thread.scheduleWithFixedDelay(() -> guarded(this::compareAll),
                COMPARE_EVERY_MILLIS, COMPARE_EVERY_MILLIS, TimeUnit.MILLISECONDS);
    }

    void onStop(@Observes ShutdownEvent event) {
        reader.close();
        thread.shutdownNow();
    }

    /** How current the source is. */
    public FollowState state() {
        return reader.state();
    }

    /** Takes a fact of operations-service. */
    public void onEvent(EventEnvelope<JsonNode> event) {
        reader.onEvent(event);
    }

    /** Takes a head of operations-service. */
    public void onHead(ServiceHead head) {
        reader.onHead(head);
    }

    /** Decodes on the reader's thread, so that what is no record makes it list again. */
    private final class Sink implements SequencedReader.Sink<ListedOperations> {

        @Override
        public void replace(ListedOperations listed) {
            thread.execute(() -> guarded(() -> replaceAll(listed)));
        }

        @Override
        public void apply(EventEnvelope<JsonNode> event) {
            if (CHANGED.equals(event.type())) {
                OperationState operation =
                        EventCodec.data(event, OperationChanged.class).operation();
                thread.execute(() -> guarded(() -> {
                    view(operation.webspaceId()).accept(operation, nowMillis());
                    pump(operation.webspaceId());
                }));
            } else if (NOTIFIED.equals(event.type())) {
                OperationNotification notification =
                        EventCodec.data(event, OperationNotification.class);
                thread.execute(() -> guarded(() -> {
                    view(notification.webspaceId()).accept(notification);
                    pump(notification.webspaceId());
                }));
            }
        }
    }

    private void replaceAll(ListedOperations listed) {
        Map<WebspaceId, List<OperationState>> operations = listed.operations().stream()
                .collect(Collectors.groupingBy(OperationState::webspaceId));
        Map<WebspaceId, List<OperationNotification>> notifications =
                listed.notifications().stream()
                        .collect(Collectors.groupingBy(OperationNotification::webspaceId));
        Set<WebspaceId> webspaces = new HashSet<>(views.keySet());
        webspaces.add(WebspaceId.DESKTOP);
        webspaces.addAll(operations.keySet());
        webspaces.addAll(notifications.keySet());
        for (WebspaceId webspace : webspaces) {
            view(webspace).replace(operations.getOrDefault(webspace, List.of()),
                    notifications.getOrDefault(webspace, List.of()));
            pump(webspace);
        }
    }

    private void compareAll() {
        for (WebspaceId webspace : List.copyOf(views.keySet())) {
            if (!view(webspace).isHomeless()) {
                view(webspace).compareAll();
                pump(webspace);
            }
        }
    }

    private WebspaceView view(WebspaceId webspace) {
        return views.computeIfAbsent(webspace, id -> new WebspaceView());
    }

    /** Writes what is due, and comes back when the next is; a view that is gone is left alone. */
    private void pump(WebspaceId webspace) {
        WebspaceView view = views.get(webspace);
        if (view == null) {
            return;
        }
        try {
            Optional<List<ProjectionWrite>> writes = view.next(nowMillis());
            if (writes.isPresent()) {
                write(webspace, view, writes.get());
            } else if (view.dueAt() != WebspaceView.NEVER) {
                pumpAt(webspace, view.dueAt());
            }
        } catch (RuntimeException | StackOverflowError e) {
            failed(webspace, view, e);
        }
    }

    private void write(WebspaceId webspace, WebspaceView view, List<ProjectionWrite> writes) {
        Uni.createFrom().deferred(() -> projections.write(new CoreWrite(
                        webspace, OWNER, WriteCause.OPERATION_VIEW, writes)))
                .subscribe().with(
                        receipt -> thread.execute(() ->
                                guarded(() -> done(webspace, view, receipt))),
                        failure -> thread.execute(() ->
                                guarded(() -> failed(webspace, view, failure))));
    }

    private void pumpAt(WebspaceId webspace, long dueAt) {
        thread.schedule(() -> guarded(() -> pump(webspace)),
                Math.max(1, dueAt - nowMillis()), TimeUnit.MILLISECONDS);
    }

    private void done(WebspaceId webspace, WebspaceView view, WriteReceipt receipt) {
        if (receipt instanceof WriteReceipt.Refused refused) {
            LOG.debugf("event=operation_view_refused webspaceId=%s reason=%s detail=\"%s\"",
                    webspace, refused.reason().code(), refused.detail());
            if (refused.reason() == HubErrorCode.WEBSPACE_UNKNOWN) {
                homeless(webspace, view);
                return;
            }
        }
        view.done(!(receipt instanceof WriteReceipt.Refused), nowMillis());
        pump(webspace);
    }

    /** There is no such webspace: what is over is forgotten, what goes on waits for it. */
    private void homeless(WebspaceId webspace, WebspaceView view) {
        view.homeless(nowMillis());
        long homeless = views.values().stream().filter(WebspaceView::isHomeless).count();
        if (!view.hasActive() || homeless > HOMELESS_MAX) {
            views.remove(webspace, view);
        } else {
            pump(webspace);
        }
    }

    private void failed(WebspaceId webspace, WebspaceView view, Throwable failure) {
        LOG.warnf("event=operation_view_failed webspaceId=%s cause=%s", webspace, failure);
        view.done(false, nowMillis());
        pumpAt(webspace, view.dueAt());
    }

    /** The edge of the thread: a timer forgets a task that throws. */
    private static void guarded(Runnable step) {
        try {
            step.run();
        } catch (RuntimeException | Error e) {
            LOG.errorf(e, "event=operation_view_failed");
        }
    }

    private long nowMillis() {
        return (System.nanoTime() - bornNanos) / 1_000_000;
    }
}
