package io.adaos.hub.projection.operationview;

import static io.adaos.hub.projection.operationview.Operations.notification;
import static io.adaos.hub.projection.operationview.Operations.operation;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.adaos.hub.contracts.notification.NotificationLevel;
import io.adaos.hub.contracts.operation.OperationStatus;
import io.adaos.hub.projection.write.ProjectionWrite;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class WebspaceViewTest {

    private final WebspaceView view = new WebspaceView();

    @Test
    void progress_manyTimesASecond_isWrittenTenTimesASecondWithTheNewestRevision() {
        // Given
        List<Object> written = new ArrayList<>();
        long revision = 1;
        view.accept(operation(1, OperationStatus.RUNNING, 0, revision), 0);

        // When
        for (long now = 0; now <= 1_000; now++) {
            if (now > 0 && now % 5 == 0) {
                view.accept(operation(1, OperationStatus.RUNNING, (int) now / 20, ++revision), now);
            }
            Optional<List<ProjectionWrite>> batch = view.next(now);
            if (batch.isPresent()) {
                written.add(progressOf(batch.get()));
                view.done(true, now);
            }
        }

        // Then
        assertEquals(11, written.size(), written.toString());
        assertEquals(50, written.get(10));
    }

    @Test
    void statusChange_isWrittenAtOnceButBatchesKeepTheirDistance() {
        // Given
        view.accept(operation(1, OperationStatus.RUNNING, 0, 1), 0);
        view.next(0).orElseThrow();
        view.done(true, 1);

        // When
        view.accept(operation(1, OperationStatus.SUCCEEDED, 100, 2), 10);

        // Then
        assertEquals(50, view.dueAt());
        assertEquals(100, progressOf(view.next(50).orElseThrow()));
    }

    @Test
    void nothingNew_isNeverDue() {
        // Given
        view.accept(operation(1, OperationStatus.RUNNING, 5, 2), 0);
        view.next(0).orElseThrow();
        view.done(true, 0);

        // When
        view.accept(operation(1, OperationStatus.RUNNING, 5, 2), 500);

        // Then
        assertEquals(WebspaceView.NEVER, view.dueAt());
    }

    @Test
    void batchThatFailed_isFollowedByAComparisonOfEverything() {
        // Given
        view.accept(operation(1, OperationStatus.RUNNING, 5, 2), 0);
        view.accept(notification(1, NotificationLevel.SUCCESS));
        view.next(0).orElseThrow();

        // When
        view.done(false, 10);

        // Then
        assertEquals(1_010, view.dueAt());
        List<ProjectionWrite> all = view.next(1_010).orElseThrow();
        assertEquals(List.of("runtime", "operations", "by_id"), all.get(0).path());
        assertTrue(all.stream().anyMatch(write ->
                write.path().equals(List.of("data", "desktop", "toasts"))));
    }

    @Test
    void retired_isTakenOffWithTheOneThatPushedItOut() {
        // Given
        for (int n = 0; n < 20; n++) {
            view.accept(operation(n, OperationStatus.SUCCEEDED, 100, 9), 0);
        }
        view.next(0).orElseThrow();
        view.done(true, 0);

        // When
        view.accept(operation(20, OperationStatus.SUCCEEDED, 100, 9), 60);

        // Then
        List<ProjectionWrite> writes = view.next(60).orElseThrow();
        assertTrue(writes.contains(new ProjectionWrite.Remove(
                List.of("runtime", "operations", "by_id", "op_0"))), writes.toString());
    }

    @Test
    void webspaceThatDoesNotExist_isTriedAfterAMinuteAndThenLessOften() {
        // Given
        List<Long> pauses = new ArrayList<>();
        long now = 0;
        view.accept(operation(1, OperationStatus.RUNNING, 5, 2), now);

        // When
        for (int i = 0; i < 6; i++) {
            view.next(now).orElseThrow();
            view.homeless(now);
            view.compareAll();
            pauses.add((view.dueAt() - now) / 1_000);
            now = view.dueAt();
        }

        // Then
        assertEquals(List.of(60L, 120L, 240L, 480L, 600L, 600L), pauses);
        assertTrue(view.isHomeless());
        view.done(true, now);
        assertFalse(view.isHomeless());
    }

    @Test
    void view_withNothingActive_saysSo() {
        // Given
        view.accept(operation(1, OperationStatus.RUNNING, 5, 2), 0);
        boolean running = view.hasActive();

        // When
        view.accept(operation(1, OperationStatus.SUCCEEDED, 100, 3), 0);

        // Then
        assertTrue(running);
        assertFalse(view.hasActive());
    }

    private static Object progressOf(List<ProjectionWrite> writes) {
        ProjectionWrite.Put put = (ProjectionWrite.Put) writes.get(0);
        return ((Map<?, ?>) put.value()).get("progress");
    }
}
