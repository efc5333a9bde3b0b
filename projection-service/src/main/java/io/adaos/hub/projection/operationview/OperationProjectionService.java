package io.adaos.hub.projection.operationview;

import com.fasterxml.jackson.databind.JsonNode;
import io.adaos.hub.contracts.bus.EventEnvelope;
import io.adaos.hub.contracts.bus.ServiceHead;
import io.adaos.hub.contracts.id.OwnerId;
import io.adaos.hub.contracts.id.WebspaceId;
import io.adaos.hub.contracts.notification.OperationNotification;
import io.adaos.hub.contracts.operation.OperationChanged;
import io.adaos.hub.contracts.operation.OperationState;
import io.adaos.hub.projection.write.CoreWrite;
import io.adaos.hub.projection.write.ProjectionService;
import io.adaos.hub.projection.write.ProjectionWrite;
import io.adaos.hub.projection.write.WriteCause;
import io.adaos.hub.projection.write.WriteReceipt;
import io.adaos.hub.runtime.bus.EventCodec;
import io.adaos.hub.runtime.outbox.FollowState;
import io.adaos.hub.runtime.outbox.SequencedReader;
import io.quarkus.runtime.ShutdownEvent;
import io.quarkus.runtime.StartupEvent;
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
    private static final int FINISHED_MAX = 20;
    private static final int NOTIFICATIONS_MAX = 40;

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
        thread.scheduleWithFixedDelay(this::compareAll,
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

    void onEvent(EventEnvelope<JsonNode> event) {
        reader.onEvent(event);
    }

    void onHead(ServiceHead head) {
        reader.onHead(head);
    }

    /** Decodes on the reader's thread, so that what is no record makes it list again. */
    private final class Sink implements SequencedReader.Sink<ListedOperations> {

        @Override
        public void replace(ListedOperations listed) {
            thread.execute(() -> replaceAll(listed));
        }

        @Override
        public void apply(EventEnvelope<JsonNode> event) {
            if (CHANGED.equals(event.type())) {
                OperationState operation =
                        EventCodec.data(event, OperationChanged.class).operation();
                thread.execute(() -> {
                    view(operation.webspaceId()).accept(operation, nowMillis());
                    pump(operation.webspaceId());
                });
            } else if (NOTIFIED.equals(event.type())) {
                OperationNotification notification =
                        EventCodec.data(event, OperationNotification.class);
                thread.execute(() -> {
                    view(notification.webspaceId()).accept(notification);
                    pump(notification.webspaceId());
                });
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
        views.forEach((webspace, view) -> {
            view.compareAll();
            pump(webspace);
        });
    }

    private WebspaceView view(WebspaceId webspace) {
        return views.computeIfAbsent(webspace,
                id -> new WebspaceView(FINISHED_MAX, NOTIFICATIONS_MAX));
    }

    /** Writes what is due, and comes back when the next is. */
    private void pump(WebspaceId webspace) {
        WebspaceView view = view(webspace);
        Optional<List<ProjectionWrite>> writes = view.next(nowMillis());
        if (writes.isPresent()) {
            projections.write(new CoreWrite(
                    webspace, OWNER, WriteCause.OPERATION_VIEW, writes.get()))
                    .subscribe().with(
                            receipt -> thread.execute(() -> done(webspace, receipt)),
                            failure -> thread.execute(() -> failed(webspace, failure)));
        } else if (view.dueAt() != WebspaceView.NEVER) {
            long wait = Math.max(1, view.dueAt() - nowMillis());
            thread.schedule(() -> pump(webspace), wait, TimeUnit.MILLISECONDS);
        }
    }

    private void done(WebspaceId webspace, WriteReceipt receipt) {
        if (receipt instanceof WriteReceipt.Refused refused) {
            LOG.debugf("event=operation_view_refused webspaceId=%s reason=%s detail=\"%s\"",
                    webspace, refused.reason().code(), refused.detail());
        }
        view(webspace).done(!(receipt instanceof WriteReceipt.Refused), nowMillis());
        pump(webspace);
    }

    private void failed(WebspaceId webspace, Throwable failure) {
        LOG.warnf("event=operation_view_failed webspaceId=%s cause=%s", webspace, failure);
        view(webspace).done(false, nowMillis());
        pump(webspace);
    }

    private long nowMillis() {
        return (System.nanoTime() - bornNanos) / 1_000_000;
    }
}
