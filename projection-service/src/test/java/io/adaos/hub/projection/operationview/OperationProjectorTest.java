package io.adaos.hub.projection.operationview;

import static io.adaos.hub.projection.operationview.Operations.notification;
import static io.adaos.hub.projection.operationview.Operations.operation;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.adaos.hub.contracts.id.OperationId;
import io.adaos.hub.contracts.notification.NotificationLevel;
import io.adaos.hub.contracts.notification.OperationNotification;
import io.adaos.hub.contracts.operation.OperationState;
import io.adaos.hub.contracts.operation.OperationStatus;
import io.adaos.hub.projection.write.ProjectionWrite;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class OperationProjectorTest {

    private static final List<String> BY_ID = List.of("runtime", "operations", "by_id");

    private final OperationBoard board = new OperationBoard(20);

    @Test
    void plan_ofOneOperation_isItsRecordAndTheTwoLists() {
        // Given
        board.accept(operation(1, OperationStatus.RUNNING, 40, 3));

        // When
        List<ProjectionWrite> writes =
                OperationProjector.changed(board, List.of(new OperationId("op_1")));

        // Then
        ProjectionWrite.Put put = (ProjectionWrite.Put) writes.get(0);
        Map<?, ?> shown = (Map<?, ?>) put.value();
        assertEquals(List.of("runtime", "operations", "by_id", "op_1"), put.path());
        assertEquals("running", shown.get("status"));
        assertEquals(40, shown.get("progress"));
        assertEquals("2026-01-01T00:00:01Z", shown.get("started_at"));
        assertEquals(Map.of("kind", "user", "id", "anna"), shown.get("initiator"));
        assertEquals("desktop", shown.get("webspace_id"));
        assertEquals(true, shown.containsKey("finished_at"));
        assertEquals(List.of(
                new ProjectionWrite.Items(order("order"), List.of("op_1")),
                new ProjectionWrite.Items(order("active"), List.of("op_1"))),
                writes.subList(1, 3));
    }

    @Test
    void finished_beyondTwenty_leaveWholeAndOldestFirst() {
        // Given
        List<OperationState> all = new ArrayList<>();
        IntStream.range(0, 25).forEach(n ->
                all.add(operation(n, OperationStatus.SUCCEEDED, 100, 9)));
        all.add(operation(30, OperationStatus.RUNNING, 1, 1));
        board.replace(all);

        // When
        List<ProjectionWrite> writes = OperationProjector.all(board);

        // Then
        ProjectionWrite.Put put = (ProjectionWrite.Put) writes.get(0);
        Map<?, ?> byId = (Map<?, ?>) put.value();
        assertEquals(BY_ID, put.path());
        assertEquals(21, byId.size());
        assertFalse(byId.containsKey("op_4"));
        assertEquals(true, byId.containsKey("op_5"));
        assertEquals(new ProjectionWrite.Items(order("active"), List.of("op_30")), writes.get(2));
    }

    @Test
    void operation_thatIsNotShownAnyMore_isRemoved() {
        // Given
        OperationId gone = new OperationId("op_9");

        // When
        List<ProjectionWrite> writes = OperationProjector.changed(board, List.of(gone));

        // Then
        assertEquals(new ProjectionWrite.Remove(
                List.of("runtime", "operations", "by_id", "op_9")), writes.get(0));
    }

    @Test
    void olderRevision_isNotTaken() {
        // Given
        board.accept(operation(1, OperationStatus.RUNNING, 50, 5));

        // When
        boolean taken = board.accept(operation(1, OperationStatus.RUNNING, 40, 4));

        // Then
        assertFalse(taken);
        assertEquals(50, board.find(new OperationId("op_1")).orElseThrow().progress());
    }

    @Test
    void notifications_keepTheNewestFortyInOrderAndOnce() {
        // Given
        NotificationBoard shown = new NotificationBoard(40);
        IntStream.range(0, 45).forEach(n ->
                shown.accept(notification(n, NotificationLevel.SUCCESS)));

        // When
        boolean again = shown.accept(notification(44, NotificationLevel.SUCCESS));

        // Then
        List<OperationNotification> left = shown.notifications();
        assertFalse(again);
        assertEquals(40, left.size());
        assertEquals("notif_5", left.get(0).id());
        assertEquals("notif_44", left.get(39).id());
    }

    @Test
    void notification_thatWasRead_isChangedOnceAndInItsPlace() {
        // Given
        NotificationBoard shown = new NotificationBoard(40);
        OperationNotification first = notification(1, NotificationLevel.SUCCESS);
        shown.accept(first);
        shown.accept(notification(2, NotificationLevel.ERROR));
        OperationNotification read = first.readAt(Instant.parse("2026-01-02T00:00:00Z"));

        // When
        boolean taken = shown.accept(read);

        // Then
        assertTrue(taken);
        assertFalse(shown.accept(read));
        assertFalse(shown.accept(first), "what was read stays read");
        assertEquals(List.of(read, notification(2, NotificationLevel.ERROR)),
                shown.notifications());
    }

    @Test
    void toasts_areTheNewestTwentyWithTheOldWords() {
        // Given
        List<OperationNotification> notifications = new ArrayList<>();
        IntStream.range(0, 21).forEach(n ->
                notifications.add(notification(n, NotificationLevel.SUCCESS)));
        notifications.add(notification(21, NotificationLevel.ERROR));

        // When
        ProjectionWrite.Put put =
                (ProjectionWrite.Put) LegacyToastMirror.all(notifications);

        // Then
        List<?> toasts = (List<?>) put.value();
        assertEquals(List.of("data", "desktop", "toasts"), put.path());
        assertEquals(20, toasts.size());
        assertEquals(Map.of("level", "success", "message", "Skill 2", "code", "op_2",
                "source", "operations", "ts", "2026-01-01T00:00:02Z"), toasts.get(0));
        assertEquals("danger", ((Map<?, ?>) toasts.get(19)).get("level"));
    }

    @Test
    void numbers_aDocumentCannotHoldExactly_becomeInexactOnes() {
        // Given
        Map<String, Object> wire = Map.of("big", Long.MAX_VALUE, "list", List.of(1, 0.5f));

        // When
        Map<String, Object> json = DocumentJson.of(wire);

        // Then
        assertEquals((double) Long.MAX_VALUE, json.get("big"));
        assertEquals(List.of(1, 0.5), json.get("list"));
    }

    private static List<String> order(String list) {
        return List.of("runtime", "operations", list);
    }
}
